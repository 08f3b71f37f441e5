package io.keyferry.store.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.engine.store.StoreFailure.Phase;
import io.keyferry.testkit.Aws;
import io.keyferry.testkit.Fault;
import io.keyferry.testkit.RealParts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What AWS answers when it does not answer, as the engine is to take it. */
@RealParts
@Timeout(60)
class OutagesTest {
    private static final String READING = "GetSecretValue";

    private final Aws aws;

    OutagesTest(Aws aws) {
        this.aws = aws;
    }

    private StoreFailure failure() {
        try (AwsStore store = Stores.hasty(aws)) {
            return Stores.failure(() -> Stores.secret(store, "db"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, ThrottlingException, THROTTLED",
        "400, LimitExceededException, THROTTLED",
        "400, AccessDeniedException, DENIED",
        "400, UnrecognizedClientException, DENIED",
        "403, ExpiredTokenException, DENIED",
        "400, InvalidRequestException, INVALID",
        "400, DecryptionFailure, INVALID",
        "400, SomethingNew, INVALID",
        "500, InternalServiceError, UNAVAILABLE",
        "503, ServiceUnavailable, UNAVAILABLE"
    })
    void errorsAreToldByTheirCode(int status, String code, Kind kind) {
        Answers.error(aws, READING, status, code);
        assertThat(failure())
                .isEqualTo(new StoreFailure(kind, Phase.READ, "reading secret db: %s: AWS says why".formatted(code)));
    }

    @Test
    void howLongAwsWantsToBeLeftAloneIsToldOn() {
        Answers.throttled(aws, READING, "7");
        StoreFailure failure = failure();
        assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource({"soon", "99999999999999999999", "''"})
    void aPauseThatIsNoneIsNotTold(String retryAfter) {
        Answers.throttled(aws, READING, retryAfter);
        StoreFailure failure = failure();
        assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(failure.retryAfter()).isEmpty();
    }

    static Stream<Fault> brokenServers() {
        return Stream.of(
                Fault.hang(),
                Fault.reset(),
                Fault.garbage(),
                Fault.status(500),
                Fault.huge(100_000_000),
                Fault.trickle(Duration.ofMillis(200)),
                new Fault.Answer(502, Map.of("Content-Type", "text/html"), "<html>hidden</html>"));
    }

    @ParameterizedTest
    @MethodSource("brokenServers")
    void aServerThatGivesNoAnswerIsUnavailable(Fault fault) {
        Answers.inject(aws, READING, fault);
        long start = System.nanoTime();
        StoreFailure failure = failure();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.message()).startsWith("reading secret db: ").hasSizeLessThan(500);
        assertThat(failure.message().lines()).hasSize(1);
    }

    @Test
    void aPortThatIsClosedIsUnavailable() {
        aws.proxy().refuse();
        assertThat(failure().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void listingsAndBatchesFailAsReadsDo() {
        for (String action : List.of("ListSecrets", "BatchGetSecretValue", "DescribeSecret")) {
            Answers.throttled(aws, action, "3");
        }
        try (AwsStore store = Stores.hasty(aws)) {
            for (Stores.Attempt attempt : List.<Stores.Attempt>of(
                    () -> Stores.list(store),
                    () -> store.readAll(AwsStore.OPERATOR, Stores.references(List.of("a", "b"))),
                    () -> store.read(AwsStore.OPERATOR, Reference.listing("a")))) {
                StoreFailure failure = Stores.failure(attempt);
                assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
                assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3));
            }
        }
    }

    @Test
    void aFailureInPassingIsTriedAgain() throws Exception {
        String name = aws.newName();
        aws.create(name, "v");
        aws.proxy().inject(request -> request.action().equals(READING), Fault.status(500), 2);
        try (AwsStore store = Stores.of(aws)) {
            assertThat(Stores.text(Stores.secret(store, name))).isEqualTo("v");
            assertThat(aws.calls(READING)).isEqualTo(3);
        }
    }

    @Test
    void credentialsThatAreMissingAreAnErrorInClearWords() {
        try (AwsStore store = Stores.withoutCredentials(aws)) {
            StoreFailure failure = Stores.failure(() -> Stores.secret(store, "db"));
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure.message()).contains("no AWS credentials", "AWS_ACCESS_KEY_ID");
            assertThat(aws.actions()).isEmpty();
        }
    }

    @Test
    void aRoleThatMayNotBeTakenOnIsAFailureOfBecomingIt() {
        Answers.error(aws, "AssumeRole", 403, "AccessDenied");
        try (AwsStore store = Stores.hasty(aws)) {
            StoreFailure failure = Stores.failure(
                    () -> store.read(Stores.as(Stores.role(Aws.ACCOUNT, "theirs")), Reference.secret("db")));
            assertThat(failure.kind()).isEqualTo(Kind.DENIED);
            assertThat(failure.phase()).isEqualTo(Phase.AUTHENTICATE);
        }
    }

    @Test
    void aListingThatDoesNotEndIsAnError() {
        Answers.to(aws, "ListSecrets", "{\"SecretList\":[],\"NextToken\":\"again\"}");
        try (AwsStore store = Stores.hasty(aws)) {
            StoreFailure failure = Stores.failure(() -> Stores.list(store));
            assertThat(failure.kind()).isEqualTo(Kind.INVALID);
            assertThat(failure.message()).isEqualTo("listing secrets: the listing does not end");
            assertThat(aws.calls("ListSecrets")).isEqualTo(2);
        }
    }
}
