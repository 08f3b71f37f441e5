package io.keyferry.operator;

import io.keyferry.engine.time.SystemTimers;
import io.keyferry.engine.time.Timers;
import io.keyferry.operator.config.ConfigException;
import io.keyferry.operator.config.LogConfig;
import io.keyferry.operator.config.OperatorConfig;
import io.keyferry.operator.log.Logging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log levels of the configuration file while the program runs. The file is looked at now and then rather than
 * watched: the mount of a ConfigMap changes by links that no watch reports everywhere.
 */
final class LogLevels implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogLevels.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final Path file;
    private final Reading reading;
    private final SystemTimers timers = new SystemTimers("config");
    private byte[] seen;
    private LogConfig current;

    /** Reads the whole configuration anew. */
    interface Reading {
        /** @throws ConfigException if it makes no sense any more */
        OperatorConfig read() throws ConfigException;
    }

    private LogLevels(Path file, Reading reading, LogConfig current) {
        this.file = file;
        this.reading = reading;
        this.current = current;
        this.seen = content(file);
    }

    /** Follows a file from now on. */
    static LogLevels follow(Path file, LogConfig current, Reading reading) {
        LogLevels levels = new LogLevels(file, reading, current);
        levels.lookLater();
        return levels;
    }

    private void lookLater() {
        Timers.Timer _ = timers.after(PERIOD, this::look);
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private void look() {
        try {
            follow();
        } finally {
            lookLater();
        }
    }

    private void follow() {
        byte[] now = content(file);
        if (Arrays.equals(now, seen)) {
            return;
        }
        seen = now;
        try {
            LogConfig wanted = reading.read().log();
            boolean same =
                    wanted.level().equals(current.level()) && wanted.loggers().equals(current.loggers());
            Logging.levels(wanted);
            current = wanted;
            LOG.info(
                    "{} has changed: {}; whatever else it says counts from the next start",
                    file,
                    same ? "log levels are the same" : "log levels are in force");
        } catch (ConfigException e) {
            LOG.warn("{} has changed and makes no sense, so nothing changes: {}", file, e.getMessage());
        }
    }

    @Override
    public void close() {
        timers.close();
    }
}
