package io.keyferry.operator.config;

import io.keyferry.engine.settings.SettingsException;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is the matter with flags, environment and file, so that one start names all of it. */
final class ConfigProblems {
    private final List<String> found = new ArrayList<>();
    private int exitCode = ConfigException.ENVIRONMENT;

    /** Reads one or more settings. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws ConfigException, SettingsException;
    }

    /** @return what is read, or the stand-in if that makes no sense; then {@link #check()} fails */
    <T> T read(Reading<? extends T> reading, T standIn) {
        try {
            return reading.read();
        } catch (SettingsException e) {
            found.addAll(e.problems());
        } catch (ConfigException e) {
            found.addAll(e.problems());
            exitCode = Math.max(exitCode, e.exitCode());
        }
        return standIn;
    }

    /** Remembers that a variable is not what it should be. */
    void variable(String name, String value, String why) {
        found.add("%s: \"%s\" %s".formatted(name, value, why));
    }

    /** Remembers that the configuration file is not what it should be. */
    void file(String problem) {
        found.add(problem);
    }

    /** @throws ConfigException with everything that was found, if anything was */
    void check() throws ConfigException {
        if (!found.isEmpty()) {
            throw new ConfigException(exitCode, found);
        }
    }
}
