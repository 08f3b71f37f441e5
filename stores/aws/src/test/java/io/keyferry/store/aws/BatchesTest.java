package io.keyferry.store.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.store.Attempted;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reading.Absent;
import io.keyferry.engine.store.Reading.Absent.Cause;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.engine.store.StoreFailure.Phase;
import io.keyferry.testkit.Aws;
import io.keyferry.testkit.Fault;
import io.keyferry.testkit.RealParts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Up to twenty secrets are read in one call, and singly by who may not do that. */
@RealParts
class BatchesTest {
    private static final String BATCH = "BatchGetSecretValue";
    private static final String SINGLE = "GetSecretValue";

    private final Aws aws;

    BatchesTest(Aws aws) {
        this.aws = aws;
    }

    private List<String> create(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = aws.newName();
            aws.create(name, "value " + i);
            names.add(name);
        }
        return names;
    }

    private static List<Attempted> read(AwsStore store, List<String> ids) throws StoreException {
        return store.readAll(AwsStore.OPERATOR, Stores.references(ids));
    }

    private static Reading answer(Attempted attempted) {
        return ((Attempted.Answered) attempted).reading();
    }

    private static StoreFailure refusal(Attempted attempted) {
        return ((Attempted.Refused) attempted).failure();
    }

    private static List<String> texts(List<Attempted> results) {
        return results.stream().map(result -> Stores.text(answer(result))).toList();
    }

    @Test
    void twentySecretsComeInOneCallAndInOrder() throws Exception {
        List<String> names = create(20).reversed();
        try (AwsStore store = Stores.of(aws)) {
            List<String> texts = texts(read(store, names));
            assertThat(texts).hasSize(20).startsWith("value 19", "value 18").endsWith("value 0");
            assertThat(aws.actions()).containsExactly(BATCH);
            assertThat(store.batching().size()).isEqualTo(20);
        }
    }

    @Test
    void oneSecretReadByNameAndByArnComesTwice() throws Exception {
        String name = aws.newName();
        String arn = aws.create(name, "v");
        try (AwsStore store = Stores.of(aws)) {
            assertThat(texts(read(store, List.of(arn, name)))).containsExactly("v", "v");
        }
    }

    @Test
    void aSecretOfAnotherAccountIsNotTakenForOneOfTheSameName() throws Exception {
        String name = aws.newName();
        aws.create(name, "mine");
        String theirs = "arn:aws:secretsmanager:us-east-1:222222222222:secret:" + name + "-BBBBBB";
        String entry = "{\"ARN\":\"%s\",\"Name\":\"" + name
                + "\",\"VersionId\":\"v\",\"SecretString\":\"%s\",\"VersionStages\":[\"AWSCURRENT\"]}";
        String mine = "arn:aws:secretsmanager:us-east-1:123456789012:secret:" + name + "-AAAAAA";
        aws.proxy()
                .inject(
                        request -> request.action().equals(BATCH),
                        new Fault.Answer(
                                200,
                                Map.of("Content-Type", "application/x-amz-json-1.1"),
                                "{\"SecretValues\":[" + entry.formatted(mine, "mine") + ","
                                        + entry.formatted(theirs, "theirs") + "],\"Errors\":[]}"),
                        1);
        try (AwsStore store = Stores.of(aws)) {
            assertThat(texts(read(store, List.of(name, theirs)))).containsExactly("mine", "theirs");
        }
    }

    @Test
    void eachSecretHasAnAnswerOfItsOwn() throws Exception {
        List<String> names = create(2);
        String deleted = aws.newName();
        aws.create(deleted, "v");
        aws.delete(deleted);
        String binary = aws.newName();
        aws.createBinary(binary, "c2VjcmV0");
        try (AwsStore store = Stores.of(aws)) {
            List<Attempted> results =
                    read(store, List.of(names.get(0), "no-such-secret", binary, deleted, names.get(1)));
            assertThat(Stores.text(answer(results.get(0)))).isEqualTo("value 0");
            assertThat(answer(results.get(1))).isEqualTo(new Absent(Cause.MISSING, Map.of()));
            assertThat(refusal(results.get(2)).message()).contains("holds bytes and no text");
            assertThat(answer(results.get(3))).isEqualTo(new Absent(Cause.EMPTY, Map.of()));
            assertThat(Stores.text(answer(results.get(4)))).isEqualTo("value 1");
        }
    }

    @Test
    void whatAwsRefusesSinglyIsRefusedSingly() throws Exception {
        Answers.to(aws, BATCH, """
                {"SecretValues":[{"ARN":"arn:1","Name":"mine","VersionId":"v1","SecretString":"v"}],
                 "Errors":[{"SecretId":"theirs","ErrorCode":"AccessDeniedException","Message":"not authorized"},
                           {"SecretId":"odd"}]}""");
        try (AwsStore store = Stores.of(aws)) {
            List<Attempted> results = read(store, List.of("theirs", "mine", "odd"));
            assertThat(refusal(results.get(0)))
                    .isEqualTo(new StoreFailure(
                            Kind.DENIED, Phase.READ, "reading secret theirs: AccessDeniedException: not authorized"));
            assertThat(Stores.text(answer(results.get(1)))).isEqualTo("v");
            assertThat(refusal(results.get(2)).kind()).isEqualTo(Kind.INVALID);
            assertThat(aws.actions()).containsExactly(BATCH);
        }
    }

    @Test
    void whatTheAnswerSaysNothingOfIsAskedForByItself() throws Exception {
        List<String> names = create(2);
        Answers.to(aws, BATCH, "{\"SecretValues\":[{}],\"Errors\":[{}]}");
        try (AwsStore store = Stores.of(aws)) {
            assertThat(texts(read(store, names))).containsExactly("value 0", "value 1");
            assertThat(aws.actions()).containsExactly(BATCH, SINGLE, SINGLE);
        }
    }

    @Test
    void anAnswerThatDoesNotEndIsAnError() {
        Answers.to(aws, BATCH, "{\"SecretValues\":[],\"NextToken\":\"again\"}");
        try (AwsStore store = Stores.of(aws)) {
            StoreFailure failure = Stores.failure(() -> read(store, List.of("a", "b")));
            assertThat(failure.kind()).isEqualTo(Kind.INVALID);
            assertThat(aws.calls(BATCH)).isEqualTo(2);
        }
    }

    @Test
    void aCallThatMakesNoSenseToAwsIsMadeSinglyAndNotRemembered() throws Exception {
        List<String> names = create(2);
        Answers.error(aws, BATCH, 400, "InvalidParameterException");
        try (AwsStore store = Stores.of(aws)) {
            assertThat(texts(read(store, names))).containsExactly("value 0", "value 1");
            assertThat(texts(read(store, names))).containsExactly("value 0", "value 1");
            assertThat(aws.calls(BATCH)).isEqualTo(2);
        }
    }

    @Test
    void whoMayNotReadManyInACallIsRememberedForAQuarterOfAnHour() throws Exception {
        List<String> names = create(2);
        Answers.error(aws, BATCH, 400, "AccessDeniedException");
        ManualTime time = new ManualTime();
        try (AwsStore store = Stores.of(aws, "", time)) {
            assertThat(texts(read(store, names))).containsExactly("value 0", "value 1");
            time.pass(Duration.ofMinutes(15));
            assertThat(texts(read(store, names))).containsExactly("value 0", "value 1");
            assertThat(aws.calls(BATCH)).isEqualTo(1);
            assertThat(aws.calls(SINGLE)).isEqualTo(4);
            aws.proxy().heal();
            time.pass(Duration.ofSeconds(1));
            assertThat(texts(read(store, names))).containsExactly("value 0", "value 1");
            assertThat(aws.calls(BATCH)).isEqualTo(2);
            assertThat(aws.calls(SINGLE)).isEqualTo(4);
        }
    }

    @Test
    void whatOneIdentityMayNotAnotherMay() throws Exception {
        List<String> names = create(2);
        Answers.error(aws, BATCH, 400, "AccessDeniedException");
        try (AwsStore store = Stores.of(aws)) {
            assertThat(read(store, names)).hasSize(2);
            aws.proxy().heal();
            aws.proxy().forget();
            String role = Stores.role(Aws.ACCOUNT, "reader");
            assertThat(texts(store.readAll(Stores.as(role), Stores.references(names))))
                    .containsExactly("value 0", "value 1");
            assertThat(aws.actions()).containsExactly("AssumeRole", BATCH);
        }
    }

    @Test
    void aRoleThatMayNotBeTakenOnIsAskedForOnce() {
        Answers.error(aws, "AssumeRole", 403, "AccessDenied");
        try (AwsStore store = Stores.of(aws)) {
            String role = Stores.role(Aws.ACCOUNT, "theirs");
            StoreFailure failure =
                    Stores.failure(() -> store.readAll(Stores.as(role), Stores.references(List.of("a", "b", "c"))));
            assertThat(failure.kind()).isEqualTo(Kind.DENIED);
            assertThat(failure.phase()).isEqualTo(Phase.AUTHENTICATE);
            assertThat(aws.actions()).containsExactly("AssumeRole");
        }
    }

    @Test
    void whenAwsDoesNotAnswerSingleReadsTheOthersAreNotTried() throws Exception {
        Answers.error(aws, BATCH, 400, "AccessDeniedException");
        Answers.inject(aws, SINGLE, Fault.status(503));
        try (AwsStore store = Stores.hasty(aws)) {
            List<Attempted> results = read(store, List.of("a", "b", "c"));
            assertThat(results)
                    .hasSize(3)
                    .allSatisfy(result -> assertThat(refusal(result).kind()).isEqualTo(Kind.UNAVAILABLE));
            assertThat(aws.calls(SINGLE)).isEqualTo(1);
        }
    }
}
