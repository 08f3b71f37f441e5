package io.keyferry.engine.target;

import io.keyferry.engine.content.SecretContent;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What has to change for a place to hold some content. Printing it shows names, never values.
 *
 * @param observed what the place held
 * @param content what it is to hold
 * @param fields what differs, data first, each section in byte order of names
 */
public record Change(Observed observed, SecretContent content, List<Field> fields) {
    /** A part of a target. */
    public enum Section {
        DATA,
        LABEL,
        ANNOTATION,
        OWNER
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
            return edit.sign + section.name().toLowerCase(java.util.Locale.ROOT) + " " + name;
        }
    }

    /** Whether the place does not exist yet. */
    public boolean creates() {
        return !observed.exists();
    }

    /** Whether there is nothing to do. */
    public boolean isNothing() {
        return observed.exists() && fields.isEmpty();
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
        String fieldList = fields.stream().map(Field::toString).collect(Collectors.joining(", "));
        return creates() ? "create: " + fieldList : fieldList;
    }
}
