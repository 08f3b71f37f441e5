package io.keyferry.kubernetes.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.content.Fingerprinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecretIndexTest {
    private static final SecretName NAME = new SecretName("ns", "name");
    private static final Fingerprinter FINGERPRINTER = Fingerprinter.random();

    private final SecretIndex index = new SecretIndex();
    private final List<SecretName> told = new ArrayList<>();

    @BeforeEach
    void listen() {
        index.listen(told::add);
    }

    private static SecretState state(int version, String value) {
        return new SecretState(
                Integer.toString(version),
                List.of(),
                Map.of("k", FINGERPRINTER.of(value)),
                Map.of(),
                Map.of(),
                Ownership.nothing(),
                "Opaque",
                false,
                null);
    }

    @Test
    void whatSomebodyElseDoesIsTold() {
        index.watched(NAME, state(1, "a"));
        index.watched(NAME, state(2, "b"));
        index.vanished(NAME);
        assertThat(told).hasSize(3);
        assertThat(index.get(NAME)).isEmpty();
    }

    @Test
    void aNewVersionOfTheSameIsNoNews() {
        index.watched(NAME, state(1, "a"));
        index.watched(NAME, state(2, "a"));
        assertThat(told).hasSize(1);
        assertThat(index.get(NAME)).contains(state(2, "a"));
    }

    @Test
    void theEchoOfAWriteIsNotToldWhicheverComesFirst() {
        index.writing(NAME);
        index.watched(NAME, state(5, "mine"));
        index.written(NAME, state(5, "mine"));
        index.writing(NAME);
        index.written(NAME, state(6, "mine again"));
        index.watched(NAME, state(6, "mine again"));
        assertThat(told).isEmpty();
    }

    @Test
    void anOldEventDoesNotReplaceANewerWrite() {
        index.writing(NAME);
        index.written(NAME, state(7, "mine"));
        index.watched(NAME, state(6, "old"));
        assertThat(index.get(NAME)).contains(state(7, "mine"));
        assertThat(told).isEmpty();
    }

    @Test
    void aForeignChangeDuringAWriteIsToldWhenTheWriteHasEnded() {
        index.writing(NAME);
        index.watched(NAME, state(9, "theirs"));
        assertThat(told).isEmpty();
        index.written(NAME, state(8, "mine"));
        assertThat(told).containsExactly(NAME);
        assertThat(index.get(NAME)).contains(state(9, "theirs"));
    }

    @Test
    void aForeignChangeDuringAWriteThatFailsIsTold() {
        index.writing(NAME);
        index.watched(NAME, state(9, "theirs"));
        index.written(NAME, null);
        assertThat(told).containsExactly(NAME);
    }

    @Test
    void aDeletionDuringAWriteIsTold() {
        index.watched(NAME, state(1, "a"));
        told.clear();
        index.writing(NAME);
        index.vanished(NAME);
        index.written(NAME, state(2, "b"));
        assertThat(told).containsExactly(NAME);
        assertThat(index.get(NAME)).isEmpty();
    }
}
