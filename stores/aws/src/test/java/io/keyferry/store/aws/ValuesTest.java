package io.keyferry.store.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reading.Absent;
import io.keyferry.engine.store.Reading.Absent.Cause;
import io.keyferry.engine.store.Reading.Found;
import io.keyferry.engine.store.Revision;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.testkit.Aws;
import io.keyferry.testkit.RealParts;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One secret is read by name or by ARN, as the text of its current version. */
@RealParts
class ValuesTest {
    private static final String READING = "GetSecretValue";

    private final Aws aws;
    private final String name;

    ValuesTest(Aws aws) {
        this.aws = aws;
        this.name = aws.newName();
    }

    @Test
    void aSecretIsTheSameByNameAndByArn() throws Exception {
        String arn = aws.create(name, "old");
        String version = aws.put(name, "a\nb \u00e9\u4e16");
        try (AwsStore store = Stores.of(aws)) {
            Found byName = (Found) Stores.secret(store, name);
            assertThat(byName.value().utf8()).isEqualTo("a\nb \u00e9\u4e16");
            assertThat(byName.revision()).contains(new Revision(arn, version));
            assertThat(Stores.secret(store, arn)).isEqualTo(byName);
        }
    }

    @Test
    void anEmptyValueIsAValue() throws Exception {
        Answers.to(aws, READING, "{\"ARN\":\"arn:1\",\"Name\":\"n\",\"VersionId\":\"v1\",\"SecretString\":\"\"}");
        try (AwsStore store = Stores.of(aws)) {
            assertThat(Stores.text(Stores.secret(store, "n"))).isEmpty();
        }
    }

    @Test
    void aSecretThatIsNotThereIsMissing() throws Exception {
        try (AwsStore store = Stores.of(aws)) {
            assertThat(Stores.secret(store, name)).isEqualTo(new Absent(Cause.MISSING, Map.of()));
        }
    }

    @Test
    void aSecretThatIsBeingDeletedIsEmpty() throws Exception {
        aws.create(name, "v");
        aws.delete(name);
        try (AwsStore store = Stores.of(aws)) {
            Reading reading = Stores.secret(store, name);
            assertThat(reading).isEqualTo(new Absent(Cause.EMPTY, Map.of()));
        }
    }

    @Test
    void aBinarySecretIsAnErrorThatSaysWhatToDo() {
        aws.createBinary(name, "c2VjcmV0");
        try (AwsStore store = Stores.of(aws)) {
            StoreFailure failure = Stores.failure(() -> Stores.secret(store, name));
            assertThat(failure.kind()).isEqualTo(Kind.INVALID);
            assertThat(failure.message())
                    .isEqualTo("secret %s holds bytes and no text: store it as SecretString, bytes in base64", name);
        }
    }

    @Test
    void aValueThatNoSecretCanHoldIsAnError() {
        Answers.to(
                aws,
                READING,
                "{\"ARN\":\"arn:1\",\"Name\":\"n\",\"VersionId\":\"v1\",\"SecretString\":\"%s\"}"
                        .formatted("x".repeat((1 << 20) + 1)));
        try (AwsStore store = Stores.of(aws)) {
            StoreFailure failure = Stores.failure(() -> Stores.secret(store, "n"));
            assertThat(failure.kind()).isEqualTo(Kind.INVALID);
            assertThat(failure.message())
                    .contains("secret n has 1048577 characters")
                    .doesNotContain("xxx");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "[]",
                "{\"SecretString\":\"hidden\"}",
                "{\"ARN\":\"arn:1\",\"SecretString\":\"hidden\"}",
                "{\"ARN\":\"arn:1\",\"VersionId\":null,\"SecretString\":\"hidden\"}"
            })
    void anAnswerThatTellsTooLittleIsAnError(String answer) {
        Answers.to(aws, READING, answer);
        try (AwsStore store = Stores.hasty(aws)) {
            StoreFailure failure = Stores.failure(() -> Stores.secret(store, name));
            assertThat(failure.message()).startsWith("reading secret " + name).doesNotContain("hidden");
        }
    }

    @Test
    void aNameIsShownOnOneLine() {
        Answers.error(aws, READING, 400, "ValidationException");
        try (AwsStore store = Stores.of(aws)) {
            StoreFailure failure = Stores.failure(() -> Stores.secret(store, "a\nb" + "c".repeat(10_000)));
            assertThat(failure.message()).startsWith("reading secret a?bccc").hasSizeLessThan(1_000);
        }
    }
}
