package io.keyferry.engine.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys whose equality is written by hand: every part of them counts, and nothing else. */
class KeysTest {
    /** The first is the key again, every other differs from it in one part. */
    static Stream<List<Object>> keys() {
        return Stream.of(
                List.of(
                        new SyncId("d", "k", "ns", "n", "p"),
                        new SyncId("x", "k", "ns", "n", "p"),
                        new SyncId("d", "x", "ns", "n", "p"),
                        new SyncId("d", "k", "x", "n", "p"),
                        new SyncId("d", "k", "ns", "x", "p"),
                        new SyncId("d", "k", "ns", "n", "x"),
                        new SyncId("d", "k", "n", "ns", "p")),
                List.of(Reference.secret("p"), Reference.secret("x"), Reference.listing("p")),
                List.of(
                        new StoreAddress("k", "e", Map.of("o", "v")),
                        new StoreAddress("x", "e", Map.of("o", "v")),
                        new StoreAddress("k", "x", Map.of("o", "v")),
                        new StoreAddress("k", "e", Map.of("o", "x")),
                        new StoreAddress("k", "e", Map.of()),
                        new StoreAddress("e", "k", Map.of("o", "v"))));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyPartCounts(List<Object> keys) {
        Object key = keys.getFirst();
        assertThat(key).isNotEqualTo("something else").isNotEqualTo(null);
        assertThat(keys.subList(1, keys.size())).doesNotContain(key);
        assertThat(keys.stream().map(Object::hashCode).distinct()).hasSameSizeAs(keys);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void equalKeysAreOne(List<Object> keys) {
        Object key = keys.getFirst();
        Object again =
                keys().map(List::getFirst).filter(key::equals).findFirst().orElseThrow();
        assertThat(again).isNotSameAs(key).hasSameHashCodeAs(key);
    }
}
