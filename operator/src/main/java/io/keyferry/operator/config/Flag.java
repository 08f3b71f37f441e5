package io.keyferry.operator.config;

/**
 * One flag of {@code keyferry operator}.
 *
 * @param value what it has if it is not given; empty for nothing
 */
record Flag(String name, Kind kind, String value, String description) {
    /** What may stand behind a flag. */
    enum Kind {
        /** One text; of several the last counts. */
        TEXT("VALUE"),
        /** One of Go's booleans; none is true. */
        TOGGLE("BOOL"),
        /** Names, separated by commas, and more of them if the flag is repeated. */
        NAMES("NAME,...");

        private final String placeholder;

        Kind(String placeholder) {
            this.placeholder = placeholder;
        }
    }

    /** As {@code --help} and the reference describe it. */
    String described() {
        return value.isEmpty() ? description : description + " (default " + value + ")";
    }

    /** The flag as {@code --help} shows it. */
    String usage() {
        return "  --%s %s%n        %s%n".formatted(name, kind.placeholder, described());
    }
}
