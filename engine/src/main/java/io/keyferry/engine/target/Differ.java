package io.keyferry.engine.target;

import io.keyferry.engine.content.Fingerprint;
import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.target.Change.Edit;
import io.keyferry.engine.target.Change.Field;
import io.keyferry.engine.target.Change.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Tells what has to change for a place to hold some content. A pure function, but for the fingerprinter's key. */
public final class Differ {
    private final Fingerprinter fingerprinter;

    public Differ(Fingerprinter fingerprinter) {
        this.fingerprinter = fingerprinter;
    }

    /**
     * The change from {@code observed} to {@code content}.
     *
     * @param owner who the place is to belong to; empty to leave that alone
     */
    public Change between(Observed observed, SecretContent content, Optional<Owner> owner, DataPolicy policy) {
        List<Field> fields = new ArrayList<>();
        compare(fields, Section.DATA, observed.data(), content.data(), fingerprinter::of);
        switch (policy) {
            case REPLACE -> drop(fields, Section.DATA, observed.data().keySet(), content.data());
            case OWN -> drop(fields, Section.DATA, observed.ownData(), content.data());
            case MERGE -> {}
        }
        fields.sort(Comparator.comparing(Field::name));
        compare(fields, Section.LABEL, observed.labels(), content.labels(), fingerprinter::of);
        drop(fields, Section.LABEL, observed.ownLabels(), content.labels());
        compare(fields, Section.ANNOTATION, observed.annotations(), content.annotations(), fingerprinter::of);
        drop(fields, Section.ANNOTATION, observed.ownAnnotations(), content.annotations());
        if (owner.isPresent() && !observed.owner().equals(owner)) {
            Edit edit = observed.owner().isPresent() ? Edit.CHANGED : Edit.ADDED;
            fields.add(new Field(Section.OWNER, owner.get().name(), edit));
        }
        if (owner.isEmpty() && policy == DataPolicy.OWN && observed.ownsOwner()) {
            String name = observed.owner().map(Owner::name).orElse("");
            fields.add(new Field(Section.OWNER, name, Edit.REMOVED));
        }
        return new Change(observed, content, List.copyOf(fields));
    }

    /** What we wrote and want no more; what others wrote stays. */
    private static void drop(List<Field> fields, Section section, Set<String> own, Map<String, ?> wanted) {
        own.stream()
                .filter(name -> !wanted.containsKey(name))
                .sorted()
                .forEach(name -> fields.add(new Field(section, name, Edit.REMOVED)));
    }

    private static <V> void compare(
            List<Field> fields,
            Section section,
            Map<String, Fingerprint> observed,
            Map<String, V> wanted,
            Function<V, Fingerprint> fingerprint) {
        wanted.forEach((name, value) -> {
            Fingerprint before = observed.get(name);
            if (before == null) {
                fields.add(new Field(section, name, Edit.ADDED));
            } else if (!before.equals(fingerprint.apply(value))) {
                fields.add(new Field(section, name, Edit.CHANGED));
            }
        });
    }
}
