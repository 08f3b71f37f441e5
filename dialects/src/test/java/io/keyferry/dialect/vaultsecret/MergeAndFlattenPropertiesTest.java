package io.keyferry.dialect.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.content.Notice;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.gotext.GoFloat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Merging and flattening against small models: the set of full paths, and the list of leaves. */
class MergeAndFlattenPropertiesTest {
    /** @param rest the path without its base, empty for a concrete path */
    record Source(String prefix, String rest, Map<String, String> secret) {}

    @Provide
    Arbitrary<List<Source>> sources() {
        Arbitrary<String> name = Arbitraries.of("a", "b", "ab");
        Arbitrary<String> prefix = Arbitraries.of("", "", "a", "a/", "b/", "a/b", "a/b/");
        Arbitrary<String> rest = Arbitraries.of("", "", "a", "b", "a/b");
        Arbitrary<Map<String, String>> secret = Arbitraries.maps(name, name).ofMaxSize(2);
        return Combinators.combine(prefix, rest, secret).as(Source::new).list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<Json.Members> trees() {
        return Trees.members();
    }

    private static Optional<Json.Members> merged(List<Source> sources) {
        Merge merge = new Merge();
        try {
            for (Source source : sources) {
                Map<String, Json> secret = new HashMap<>();
                source.secret().forEach((key, value) -> secret.put(key, new Json.Text(value)));
                merge.add(source.prefix(), source.rest(), Trees.object(secret).members());
            }
            return Optional.of(merge.result());
        } catch (ConflictException e) {
            return Optional.empty();
        }
    }

    /** All full paths of nodes and leaves, or nothing if a leaf's path is taken. */
    private static Optional<Map<List<String>, String>> model(List<Source> sources) {
        Map<List<String>, String> leaves = new HashMap<>();
        Set<List<String>> nodes = new HashSet<>();
        for (Source source : sources) {
            List<String> path = new ArrayList<>();
            String whole = source.prefix() + source.rest();
            if (!whole.isEmpty()) {
                path.addAll(List.of(whole.split("/", -1)));
            }
            String glue = !whole.isEmpty() && source.rest().isEmpty() ? path.removeLast() : "";
            for (int length = 1; length <= path.size(); length++) {
                nodes.add(List.copyOf(path.subList(0, length)));
            }
            for (Map.Entry<String, String> entry : source.secret().entrySet()) {
                List<String> leaf = new ArrayList<>(path);
                leaf.add(glue + entry.getKey());
                if (leaves.put(leaf, entry.getValue()) != null) {
                    return Optional.empty();
                }
            }
        }
        return Collections.disjoint(nodes, leaves.keySet()) ? Optional.of(leaves) : Optional.empty();
    }

    private static void collect(Map<List<String>, String> leaves, List<String> path, Json value) {
        if (value instanceof Json.Members object) {
            object.members().forEach((name, member) -> {
                List<String> deeper = new ArrayList<>(path);
                deeper.add(name);
                collect(leaves, deeper, member);
            });
        } else if (value instanceof Json.Text text) {
            leaves.put(path, text.value());
        }
    }

    @Property(tries = 500)
    void aMergeHasTheLeavesOfAllSourcesOrIsAConflict(@ForAll("sources") List<Source> sources) {
        Optional<Map<List<String>, String>> found = merged(sources).map(tree -> {
            Map<List<String>, String> leaves = new HashMap<>();
            collect(leaves, List.of(), tree);
            return leaves;
        });
        assertThat(found).isEqualTo(model(sources));
    }

    @Property(tries = 500)
    void theOrderOfSourcesDecidesNothing(@ForAll("sources") List<Source> sources) {
        assertThat(merged(sources.reversed())).isEqualTo(merged(sources));
    }

    private static void leaves(List<String> names, List<Json> values, String name, Json value) {
        if (value instanceof Json.Members object) {
            object.members().forEach((key, member) -> leaves(names, values, name + "_" + key, member));
        } else if (value instanceof Json.Array array) {
            for (int i = 0; i < array.items().size(); i++) {
                leaves(names, values, name + "_" + i, array.items().get(i));
            }
        } else {
            names.add(name);
            values.add(value);
        }
    }

    @Property(tries = 500)
    void flatteningHasOneEntryForEachLeafOrIsAConflict(@ForAll("trees") Json.Members tree) {
        List<String> names = new ArrayList<>();
        List<Json> values = new ArrayList<>();
        tree.members().forEach((key, member) -> leaves(names, values, key, member));
        try {
            Map<String, String> flat = EnvFormat.flatten(tree, new Layout("_", false));
            assertThat(names).doesNotHaveDuplicates();
            assertThat(flat.keySet()).containsExactlyInAnyOrderElementsOf(names);
            for (int i = 0; i < names.size(); i++) {
                assertThat(flat.get(names.get(i))).isEqualTo(text(values.get(i)));
            }
        } catch (ConflictException e) {
            assertThat(new HashSet<>(names)).hasSizeLessThan(names.size());
        }
    }

    /** Numbers are the subject of tables of their own; here it is enough that they read as the same number. */
    private static String text(Json leaf) {
        return switch (leaf) {
            case Json.Text text -> text.value();
            case Json.Bool bool -> Boolean.toString(bool.value());
            case Json.Numeral number -> GoFloat.format(Double.parseDouble(number.literal()));
            default -> "<nil>";
        };
    }

    @Property(tries = 500)
    void everyEntryIsEitherWrittenOrNoticed(@ForAll("trees") Json.Members tree) {
        List<Notice> notices = new ArrayList<>();
        try {
            Map<String, SecretValue> entries = EnvFormat.entries(tree, new Layout("_", false), notices);
            assertThat(entries.keySet())
                    .allMatch(name ->
                            name.matches("[-._a-zA-Z0-9]{1,253}") && !name.equals(".") && !name.startsWith(".."));
            assertThat(entries.size() + notices.size())
                    .isEqualTo(EnvFormat.flatten(tree, new Layout("_", false)).size());
        } catch (ConflictException e) {
            assertThat(e).hasMessageContaining("override detected");
        }
    }
}
