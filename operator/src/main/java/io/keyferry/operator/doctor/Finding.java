package io.keyferry.operator.doctor;

/**
 * What a check has found.
 *
 * @param topic what was looked at, in a word or two
 * @param text how it is
 * @param remedy what to do about it; empty if nothing has to be done
 */
public record Finding(Grade grade, String topic, String text, String remedy) {
    /** How bad it is. */
    public enum Grade {
        OK,
        /** Works, but not all of it, or not for long. */
        WARN,
        /** Does not work. */
        FAIL
    }

    public static Finding ok(String topic, String text) {
        return new Finding(Grade.OK, topic, text, "");
    }

    public static Finding warn(String topic, String text, String remedy) {
        return new Finding(Grade.WARN, topic, text, remedy);
    }

    public static Finding fail(String topic, String text, String remedy) {
        return new Finding(Grade.FAIL, topic, text, remedy);
    }

    /** One line, or two with a remedy. */
    String lines() {
        String line = "%-4s  %-12s  %s%n".formatted(grade == Grade.OK ? "ok" : grade.name(), topic, text);
        return remedy.isEmpty() ? line : line + " ".repeat(20) + "-> " + remedy + System.lineSeparator();
    }
}
