package io.keyferry.operator.config;

/** Something in flags or environment makes no sense. The message is one line, and names what and why. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The exit code for wrong flags. */
    public static final int USAGE = 2;

    /** The exit code for a wrong environment. */
    public static final int ENVIRONMENT = 1;

    private final int exitCode;

    public ConfigException(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    /** An environment variable is not what it should be. */
    static ConfigException variable(String name, String value, String why) {
        return new ConfigException(ENVIRONMENT, "%s: \"%s\" %s".formatted(name, value, why));
    }

    public int exitCode() {
        return exitCode;
    }
}
