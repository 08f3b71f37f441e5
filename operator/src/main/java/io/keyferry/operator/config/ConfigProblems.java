package io.keyferry.operator.config;

import io.keyferry.engine.settings.Problems;
import io.keyferry.engine.settings.SettingsException;
import java.util.List;

/** {@link Problems} of flags, environment and file, and the exit code that they come to. */
final class ConfigProblems {
    private final Problems problems = new Problems();
    private int exitCode = ConfigException.ENVIRONMENT;

    /** Reads one or more settings. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws ConfigException, SettingsException;
    }

    /** @return what is read, or the stand-in if that makes no sense; then {@link #check()} fails */
    <T> T read(Reading<? extends T> reading, T standIn) {
        return problems.read(
                () -> {
                    try {
                        return reading.read();
                    } catch (ConfigException e) {
                        exitCode = Math.max(exitCode, e.exitCode());
                        throw new SettingsException(e.problems());
                    }
                },
                standIn);
    }

    /** Remembers that a variable is not what it should be. */
    void variable(String name, String value, String why) {
        problems.add("%s: \"%s\" %s".formatted(name, value, why));
    }

    /** Remembers that the configuration file is not what it should be. */
    void file(String problem) {
        problems.add(problem);
    }

    /** Remembers what is wrong with the command line, if anything is. */
    void usage(List<String> wrong) {
        for (String problem : wrong) {
            problems.add(problem);
            exitCode = ConfigException.USAGE;
        }
    }

    /** @throws ConfigException with everything that was found, if anything was */
    void check() throws ConfigException {
        try {
            problems.check();
        } catch (SettingsException e) {
            // Dialects share some settings.
            throw new ConfigException(exitCode, e.problems().stream().distinct().toList());
        }
    }
}
