package io.keyferry.dialect.vsecmsecret;

import io.keyferry.engine.content.OneLine;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the API server demands of the names of a Secret's entries, labels and annotations, and of labels' values. */
final class Keys {
    private static final Pattern ENTRY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Pattern PREFIX =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final int LONGEST_PREFIX = 253;

    /** Keeps a copy of the whole object where it is, which is nothing to be given. */
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private Keys() {}

    /** What is wrong with the first of {@code fields} that cannot be the name of an entry. */
    static Optional<String> wrongEntry(List<Field> fields) {
        return fields.stream()
                .filter(field -> !isEntry(field.key()))
                .findFirst()
                .map(field ->
                        wrong(field, "is no key of a Secret: use letters, digits, '-', '_' and '.', no more than 253"));
    }

    /** What is wrong with the first of {@code fields} that cannot be the name of a label or an annotation. */
    static Optional<String> wrongMetadata(List<Field> fields) {
        return fields.stream()
                .filter(field -> !isMetadata(field.key()))
                .findFirst()
                .map(
                        field -> wrong(
                                field,
                                "is no name of a label or annotation that can be given: use NAME or PREFIX/NAME, a name of letters, digits, '-', '_' and '.', no more than 63, and a prefix that is a domain; kubectl's last-applied-configuration is its own"));
    }

    /** The keys that more than one of {@code fields} has. */
    static Set<String> repeated(List<Field> fields) {
        Set<String> seen = new HashSet<>();
        Set<String> repeated = new HashSet<>();
        fields.stream().map(Field::key).filter(key -> !seen.add(key)).forEach(repeated::add);
        return repeated;
    }

    static boolean isLabelValue(String value) {
        return value.isEmpty() || NAME.matcher(value).matches();
    }

    private static boolean isEntry(String key) {
        return ENTRY.matcher(key).matches() && !key.equals(".") && !key.startsWith("..");
    }

    private static boolean isMetadata(String key) {
        int slash = key.indexOf('/');
        String name = key.substring(slash + 1);
        return !key.equals(LAST_APPLIED)
                && NAME.matcher(name).matches()
                && (slash < 0 || isPrefix(key.substring(0, slash)));
    }

    private static boolean isPrefix(String prefix) {
        return prefix.length() <= LONGEST_PREFIX && PREFIX.matcher(prefix).matches();
    }

    private static String wrong(Field field, String why) {
        return "%s.key: \"%s\" %s".formatted(field.place(), OneLine.of(field.key()), why);
    }
}
