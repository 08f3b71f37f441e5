package io.keyferry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.SecretStore;
import io.keyferry.engine.store.StoreAddress;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DirectReaderTest {
    private static final Access ACCESS = new Access(new StoreAddress("fake", "somewhere"), new Identity.Ambient());

    /** Answers with a listing of the name asked for; refuses names that begin with "bad". */
    private static final class FakeStore implements SecretStore {
        final AtomicInteger asked = new AtomicInteger();

        @Override
        public String kind() {
            return "fake";
        }

        @Override
        public Reading read(Access access, Reference reference) throws StoreException {
            asked.incrementAndGet();
            if (reference.path().startsWith("bad")) {
                throw new StoreException(new StoreFailure(
                        StoreFailure.Kind.DENIED, StoreFailure.Phase.READ, reference.path(), Optional.empty()));
            }
            return new Reading.Listing(List.of(reference.path()), Map.of());
        }
    }

    private final FakeStore store = new FakeStore();
    private final DirectReader reader = new DirectReader(store);

    @Test
    void answersComeInTheOrderOfTheQuestions() throws Exception {
        List<Reference> questions = IntStream.range(0, 100)
                .mapToObj(i -> Reference.secret(Integer.toString(i)))
                .toList();
        assertThat(reader.readAll(ACCESS, questions))
                .isEqualTo(questions.stream()
                        .map(question -> new Reading.Listing(List.of(question.path()), Map.of()))
                        .toList());
    }

    @Test
    void theFirstFailureInOrderIsToldAfterAllHaveEnded() {
        List<Reference> questions = List.of(
                Reference.secret("a"), Reference.secret("bad 1"), Reference.secret("bad 2"), Reference.secret("b"));
        assertThatThrownBy(() -> reader.readAll(ACCESS, questions))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.failure().message()).isEqualTo("bad 1"));
        assertThat(store.asked).hasValue(4);
    }
}
