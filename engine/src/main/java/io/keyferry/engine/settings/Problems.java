package io.keyferry.engine.settings;

import java.util.ArrayList;
import java.util.List;

/** Reads settings one by one and remembers what is the matter with each, so that nobody learns of them one start at a time. */
public final class Problems {
    private final List<String> found = new ArrayList<>();

    /** Reads one or more settings. */
    @FunctionalInterface
    public interface Reading<T> {
        /** @throws SettingsException if they make no sense */
        T read() throws SettingsException;
    }

    /** @return what is read, or the stand-in if that makes no sense; then {@link #check()} fails */
    public <T> T read(Reading<? extends T> reading, T standIn) {
        try {
            return reading.read();
        } catch (SettingsException e) {
            found.addAll(e.problems());
            return standIn;
        }
    }

    /** Remembers a problem: one line that begins with the setting's name. */
    public void add(String problem) {
        found.add(problem);
    }

    /** @throws SettingsException with everything that was found, if anything was */
    public void check() throws SettingsException {
        if (!found.isEmpty()) {
            throw new SettingsException(found);
        }
    }
}
