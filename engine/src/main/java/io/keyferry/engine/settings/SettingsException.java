package io.keyferry.engine.settings;

import java.util.List;

/** Settings that do not hold what they should. Each problem is one line and begins with the setting's name. */
public final class SettingsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** @param setting the name of the variable or flag */
    public SettingsException(String setting, String problem) {
        this(List.of(setting + ": " + problem));
    }

    /** @param problems at least one */
    public SettingsException(List<String> problems) {
        super(String.join("\n", problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** At least one. */
    public List<String> problems() {
        return problems;
    }
}
