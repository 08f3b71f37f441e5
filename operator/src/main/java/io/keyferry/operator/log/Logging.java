package io.keyferry.operator.log;

import io.keyferry.operator.config.LogConfig;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** Sets up the log, on standard error. */
public final class Logging {
    /** Libraries, which are all others, say in their debug output more than anybody may know. */
    private static final Logger OURS = Logger.getLogger("io.keyferry");

    /** Warns of every API version that is not v1, among them those that this program is for. */
    private static final Logger VERSIONS =
            Logger.getLogger("io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils");

    /** Loggers with a level of their own; the log manager itself forgets those that nobody holds. */
    private static final Map<String, Logger> NAMED = new ConcurrentHashMap<>();

    private Logging() {}

    /** Sets up the log from scratch. */
    public static void configure(LogConfig config) {
        LogManager.getLogManager().reset();
        Handler handler = new Flushing(formatter(config.format()));
        handler.setLevel(Level.ALL);
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> root.log(Level.SEVERE, "uncaught in " + thread.getName(), failure));
        VERSIONS.setLevel(Level.SEVERE);
        levels(config);
    }

    /** Changes levels while the log is written. */
    public static synchronized void levels(LogConfig config) {
        Level level = config.level();
        Logger.getLogger("").setLevel(level.intValue() > Level.WARNING.intValue() ? level : Level.WARNING);
        NAMED.values().forEach(logger -> logger.setLevel(null));
        OURS.setLevel(level);
        config.loggers()
                .forEach((name, wanted) ->
                        NAMED.computeIfAbsent(name, Logger::getLogger).setLevel(wanted));
    }

    private static Formatter formatter(LogConfig.Format format) {
        return switch (format) {
            case JSON -> new JsonLogFormat("ts", false);
            case SYNCER_JSON -> new JsonLogFormat("timestamp", true);
            case CONSOLE -> new ConsoleLogFormat();
        };
    }

    /** Writes every line at once: a log that is lost when the process dies is of no use. */
    private static final class Flushing extends StreamHandler {
        Flushing(Formatter formatter) {
            super(System.err, formatter);
            try {
                // JSON is UTF-8 whatever the locale, and a container has none.
                setEncoding(StandardCharsets.UTF_8.name());
            } catch (UnsupportedEncodingException e) {
                throw new IllegalStateException("every Java platform has UTF-8", e);
            }
        }

        @Override
        public synchronized void publish(LogRecord entry) {
            super.publish(entry);
            flush();
        }
    }
}
