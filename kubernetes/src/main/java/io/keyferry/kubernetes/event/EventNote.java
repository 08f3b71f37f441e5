package io.keyferry.kubernetes.event;

/**
 * Something to tell about an object.
 *
 * @param type whether it is a warning
 * @param reason a stable phrase
 * @param message for people; cut at 1024 characters, as the API server demands
 */
public record EventNote(Type type, String reason, String message) {
    /** The types of core/v1 Events. */
    public enum Type {
        NORMAL("Normal"),
        WARNING("Warning");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
