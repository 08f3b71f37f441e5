package io.keyferry.engine.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.content.Fingerprint;
import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.target.Change.Edit;
import io.keyferry.engine.target.Change.Field;
import io.keyferry.engine.target.Change.Section;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DifferTest {
    private static final Fingerprinter FINGERPRINTER = Fingerprinter.random();
    private static final Owner OWNER = new Owner("k8s.kiwi.com", "VaultSecret", "app", "uid-1");

    private final Differ differ = new Differ(FINGERPRINTER);

    @Property(tries = 500)
    void applyingTheDataFieldsGivesTheWantedData(
            @ForAll("entries") Map<String, String> there,
            @ForAll("entries") Map<String, String> wanted,
            @ForAll("entries") Map<String, String> ours,
            @ForAll DataPolicy policy) {
        Set<String> own = new HashSet<>(there.keySet());
        own.retainAll(ours.keySet());
        Change change = differ.between(owning(there, own, false), content(wanted, Map.of()), Optional.empty(), policy);

        Map<String, String> result = new HashMap<>(there);
        for (Field field : change.fields()) {
            assertThat(field.section()).isEqualTo(Section.DATA);
            switch (field.edit()) {
                case ADDED ->
                    assertThat(result.put(field.name(), wanted.get(field.name())))
                            .isNull();
                case CHANGED ->
                    assertThat(result.put(field.name(), wanted.get(field.name())))
                            .isNotNull()
                            .isNotEqualTo(wanted.get(field.name()));
                case REMOVED -> assertThat(result.remove(field.name())).isNotNull();
            }
        }

        Map<String, String> expected = policy == DataPolicy.REPLACE ? new HashMap<>() : new HashMap<>(there);
        if (policy == DataPolicy.OWN) {
            expected.keySet().removeAll(own);
        }
        expected.putAll(wanted);
        assertThat(result).isEqualTo(expected);
        assertThat(change.isNothing()).isEqualTo(there.equals(expected));
    }

    @Property(tries = 300)
    void labelsAndAnnotationsOfOthersAreLeftAlone(
            @ForAll("entries") Map<String, String> there, @ForAll("entries") Map<String, String> wanted) {
        Change change = between(Map.of(), Map.of(), there, wanted, DataPolicy.REPLACE);
        Map<Section, Map<String, Edit>> found = change.fields().stream()
                .collect(Collectors.groupingBy(
                        Field::section, Collectors.toMap(Field::name, Field::edit, (a, b) -> a, TreeMap::new)));

        Map<String, Edit> expected = new TreeMap<>();
        wanted.forEach((name, value) -> {
            if (!there.containsKey(name)) {
                expected.put(name, Edit.ADDED);
            } else if (!there.get(name).equals(value)) {
                expected.put(name, Edit.CHANGED);
            }
        });
        assertThat(found.getOrDefault(Section.LABEL, Map.of())).isEqualTo(expected);
        assertThat(found.getOrDefault(Section.ANNOTATION, Map.of())).isEqualTo(expected);
    }

    @Property(tries = 300)
    void fieldsAreInOrderWithinTheirSection(
            @ForAll("entries") Map<String, String> there, @ForAll("entries") Map<String, String> wanted) {
        List<Field> fields =
                between(there, wanted, there, wanted, DataPolicy.REPLACE).fields();
        assertThat(fields.stream().map(Field::section)).isSorted();
        for (Section section : Section.values()) {
            assertThat(fields.stream()
                            .filter(field -> field.section() == section)
                            .map(Field::name))
                    .isSorted();
        }
    }

    @Property(tries = 200)
    void whatIsPrintedHoldsNamesAndNoValues(@ForAll("entries") Map<String, String> there) {
        Map<String, String> wanted = new HashMap<>();
        there.keySet().forEach(name -> wanted.put(name, "MARKER-" + name));
        Change change = between(there, wanted, Map.of(), Map.of(), DataPolicy.REPLACE);
        assertThat(change.toString()).doesNotContain("MARKER");
        assertThat(change.content().data().toString()).doesNotContain("MARKER");
    }

    @Example
    void anOwnerIsSetOnlyWhereOneIsWanted() {
        Observed orphan = observed(Map.of(), Map.of());
        assertThat(differ.between(orphan, content(Map.of(), Map.of()), Optional.of(OWNER), DataPolicy.REPLACE)
                        .fields())
                .containsExactly(new Field(Section.OWNER, "app", Edit.ADDED));
        assertThat(differ.between(orphan, content(Map.of(), Map.of()), Optional.empty(), DataPolicy.REPLACE)
                        .isNothing())
                .isTrue();
    }

    @Example
    void aPlaceThatDoesNotExistIsCreatedEvenIfEmpty() {
        Change change =
                differ.between(Observed.nothing(), content(Map.of(), Map.of()), Optional.empty(), DataPolicy.REPLACE);
        assertThat(change.isNothing()).isFalse();
        assertThat(change.creates()).isTrue();
    }

    @Provide
    Arbitrary<Map<String, String>> entries() {
        return Arbitraries.maps(
                        Arbitraries.of("a", "b", "c", "d", "e", "A", "a.b", "z"), Arbitraries.of("", "1", "2", "3"))
                .ofMaxSize(6);
    }

    @Example
    void anOwnerThatWePutThereGoesWhenItIsWantedNoMore() {
        Observed ours = owning(Map.of(), Set.of(), true);
        assertThat(differ.between(ours, content(Map.of(), Map.of()), Optional.empty(), DataPolicy.OWN)
                        .fields())
                .containsExactly(new Field(Section.OWNER, OWNER.name(), Edit.REMOVED));
        assertThat(differ.between(ours, content(Map.of(), Map.of()), Optional.of(OWNER), DataPolicy.OWN)
                        .fields())
                .isEmpty();
        Observed foreign =
                new Observed(true, Optional.of(OWNER), Map.of(), Map.of(), Map.of(), Set.of(), Set.of(), "Opaque", "1");
        assertThat(differ.between(foreign, content(Map.of(), Map.of()), Optional.empty(), DataPolicy.OWN)
                        .fields())
                .isEmpty();
    }

    private static Observed owning(Map<String, String> data, Set<String> own, boolean ownsOwner) {
        return new Observed(
                true,
                ownsOwner ? Optional.of(OWNER) : Optional.empty(),
                ownsOwner,
                prints(data),
                own,
                Map.of(),
                Map.of(),
                Set.of(),
                Set.of(),
                "Opaque",
                "1");
    }

    private Change between(
            Map<String, String> data,
            Map<String, String> wantedData,
            Map<String, String> labels,
            Map<String, String> wantedLabels,
            DataPolicy policy) {
        return differ.between(observed(data, labels), content(wantedData, wantedLabels), Optional.empty(), policy);
    }

    private static Observed observed(Map<String, String> data, Map<String, String> labels) {
        return new Observed(
                true,
                Optional.empty(),
                prints(data),
                prints(labels),
                prints(labels),
                Set.of(),
                Set.of(),
                "Opaque",
                "1");
    }

    private static Map<String, Fingerprint> prints(Map<String, String> texts) {
        return texts.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> FINGERPRINTER.of(entry.getValue())));
    }

    private static SecretContent content(Map<String, String> data, Map<String, String> labels) {
        Map<String, SecretValue> values = data.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> SecretValue.utf8(entry.getValue())));
        return new SecretContent(values, labels, labels, "Opaque", false, List.of());
    }
}
