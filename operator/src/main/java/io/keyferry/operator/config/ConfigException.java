package io.keyferry.operator.config;

import java.util.List;

/** Flags, environment or file make no sense. Each problem is one line, and names what and why. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The exit code for wrong flags. */
    public static final int USAGE = 2;

    /** The exit code for a wrong environment. */
    public static final int ENVIRONMENT = 1;

    private final int exitCode;
    private final transient List<String> problems;

    public ConfigException(int exitCode, String problem) {
        this(exitCode, List.of(problem));
    }

    ConfigException(int exitCode, List<String> problems) {
        super(String.join("\n", problems), null, false, false);
        this.exitCode = exitCode;
        this.problems = List.copyOf(problems);
    }

    public int exitCode() {
        return exitCode;
    }

    /** At least one. */
    public List<String> problems() {
        return problems;
    }
}
