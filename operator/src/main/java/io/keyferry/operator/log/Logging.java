package io.keyferry.operator.log;

import io.keyferry.operator.config.LogConfig;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sets up the log, on standard error. */
public final class Logging {
    /** Libraries, which are all others, say in their debug output more than anybody may know. */
    private static final Logger OURS = Logger.getLogger("io.keyferry");

    /** Warns of every API version that is not v1, among them those that this program is for. */
    private static final Logger VERSIONS =
            Logger.getLogger("io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils");

    /** Says at every attempt what our own lock on the lease says once. */
    private static final Logger ELECTION =
            Logger.getLogger("io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector");

    /** Loggers with a level of their own; the log manager itself forgets those that nobody holds. */
    private static final Map<String, Logger> NAMED = new ConcurrentHashMap<>();

    private Logging() {}

    /** Sets up the log from scratch. */
    public static void configure(LogConfig config) {
        LogManager.getLogManager().reset();
        Handler handler = new Lines(System.err, formatter(config));
        handler.setLevel(Level.ALL);
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> root.log(Level.SEVERE, "uncaught in " + thread.getName(), failure));
        VERSIONS.setLevel(Level.SEVERE);
        ELECTION.setLevel(Level.SEVERE);
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

    private static Formatter formatter(LogConfig config) {
        return switch (config.format()) {
            case JSON -> new JsonLogFormat("ts", false, config.stackTraces());
            case SYNCER_JSON -> new JsonLogFormat("timestamp", true, config.stackTraces());
            case CONSOLE -> new ConsoleLogFormat();
        };
    }

    /**
     * Writes every line at once and whole: a log that is lost when the process dies is of no use. Lines are made beside each
     * other; only writing them takes turns.
     */
    private static final class Lines extends Handler {
        private final PrintStream out;

        Lines(PrintStream out, Formatter formatter) {
            this.out = out;
            setFormatter(formatter);
        }

        @Override
        public void publish(LogRecord entry) {
            if (!isLoggable(entry)) {
                return;
            }
            try {
                // JSON is UTF-8 whatever the locale, and a container has none.
                byte[] line = getFormatter().format(entry).getBytes(StandardCharsets.UTF_8);
                out.write(line, 0, line.length);
                out.flush();
            } catch (RuntimeException e) {
                // A line that cannot be made must not end what it tells of.
                reportError(null, e, ErrorManager.FORMAT_FAILURE);
            }
        }

        @Override
        public void flush() {
            out.flush();
        }

        /** Standard error is not this handler's to close. */
        @Override
        public void close() {
            out.flush();
        }
    }
}
