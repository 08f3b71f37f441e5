package io.keyferry.engine.target;

import io.keyferry.engine.content.SecretContent;
import java.util.List;
import java.util.StringJoiner;

/**
 * What has to change for a place to hold some content. Printing it shows names, never values.
 *
 * @param observed what the place held
 * @param content what it is to hold
 * @param fields what differs, data first, each section in byte order of names
 * @param removes whether the place is not to exist any more; {@code content} is empty then
 */
public record Change(Observed observed, SecretContent content, List<Field> fields, boolean removes) {
    /** A change to a place that is to exist. */
    public Change(Observed observed, SecretContent content, List<Field> fields) {
        this(observed, content, fields, false);
    }

    /** A part of a target. */
    public enum Section {
        DATA("data"),
        LABEL("label"),
        ANNOTATION("annotation"),
        OWNER("owner");

        private final String text;

        Section(String text) {
            this.text = text;
        }
    }

    /** What happens to a field. */
    public enum Edit {
        ADDED("+"),
        CHANGED("~"),
        REMOVED("-");

        private final String sign;

        Edit(String sign) {
            this.sign = sign;
        }
    }

    /** One field that differs. */
    public record Field(Section section, String name, Edit edit) {
        @Override
        public String toString() {
            return edit.sign + section.text + " " + name;
        }
    }

    /** What has to change for a place to hold nothing. */
    public static Change removal(Observed observed) {
        List<Field> fields = observed.data().keySet().stream()
                .sorted()
                .map(name -> new Field(Section.DATA, name, Edit.REMOVED))
                .toList();
        return new Change(observed, SecretContent.nothing(), fields, true);
    }

    /** Whether the place does not exist yet. */
    public boolean creates() {
        return !removes && !observed.exists();
    }

    /** Whether there is nothing to do. */
    public boolean isNothing() {
        return removes ? !observed.exists() : observed.exists() && fields.isEmpty();
    }

    /** Whether any field of {@code section} differs. */
    public boolean touches(Section section) {
        return fields.stream().anyMatch(field -> field.section() == section);
    }

    /** The difference as text, for example {@code ~data API_KEY, +label owner}. */
    @Override
    public String toString() {
        if (isNothing()) {
            return "nothing";
        }
        StringJoiner text = new StringJoiner(", ", verb(), "");
        fields.forEach(field -> text.add(field.toString()));
        return text.toString();
    }

    private String verb() {
        if (removes) {
            return "remove: ";
        }
        return creates() ? "create: " : "";
    }
}
