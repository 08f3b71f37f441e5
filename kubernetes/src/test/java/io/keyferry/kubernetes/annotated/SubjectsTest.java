package io.keyferry.kubernetes.annotated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is news about an object, and what is an echo of ourselves. */
class SubjectsTest {
    private static final SubjectRef REF = new SubjectRef(SubjectKind.DEPLOYMENT, "ns", "app");

    private final Subjects subjects = new Subjects(io.keyferry.engine.time.TimeSource.system());

    private static Subject subject(String version, String path) {
        return new Subject(
                REF,
                "uid",
                "1970-01-02T00:00:00Z",
                version,
                Map.of("vault-sync.io/path", path),
                List.of(),
                Optional.empty(),
                List.of());
    }

    @Test
    void onlyWhatAsksForSomethingElseIsNews() {
        assertThat(subjects.saw(subject("1", "a"))).isTrue();
        assertThat(subjects.saw(subject("2", "a"))).as("a status").isFalse();
        assertThat(subjects.saw(subject("3", "b"))).isTrue();
        assertThat(subjects.saw(subject("1", "a"))).as("from before").isFalse();
        assertThat(subjects.get(REF).orElseThrow().subject().resourceVersion()).isEqualTo("3");
    }

    @Test
    void theEchoOfAnEditIsNoNewsWhicheverComesFirst() {
        subjects.saw(subject("1", "a"));
        subjects.editing(subject("1", "edited"));
        assertThat(subjects.saw(subject("2", "edited"))).as("before the answer").isFalse();
        subjects.edited(subject("2", "edited"));
        assertThat(subjects.saw(subject("2", "edited"))).as("after it").isFalse();
        assertThat(subjects.saw(subject("3", "a"))).as("somebody undid it").isTrue();
    }

    @Test
    void whatSettledIsForgottenUnlessSomethingWasSeenSince() {
        subjects.saw(subject("1", "a"));
        subjects.saw(subject("2", "b"));
        subjects.settled(subject("1", "a"));
        assertThat(subjects.all()).hasSize(1);
        subjects.settled(subject("2", "b"));
        assertThat(subjects.all()).isEmpty();
    }
}
