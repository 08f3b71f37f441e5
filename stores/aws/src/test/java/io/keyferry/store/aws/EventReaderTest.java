package io.keyferry.store.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.store.Reference;
import io.keyferry.store.aws.SecretEventListener.Heard;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of both shapes tell which secret changed, and nothing else tells anything. */
class EventReaderTest {
    private static final String ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-a1B2c3";

    private static Heard heard(String body) {
        return EventReader.read(body).heard();
    }

    private static SecretChange change(String body) {
        EventReader.Event event = EventReader.read(body);
        assertThat(event.heard()).isEqualTo(Heard.CHANGE);
        return event.change().orElseThrow();
    }

    @Test
    void aLabelThatMovesToAnotherVersionIsAChangeOfTheValue() {
        EventReader.Event event = EventReader.read(Events.label("e-1", "db", ARN, "AWSCURRENT"));
        assertThat(event.heard()).isEqualTo(Heard.CHANGE);
        assertThat(event.id()).isEqualTo("e-1");
        SecretChange change = event.change().orElseThrow();
        assertThat(change.ids()).isEqualTo(Set.of("db", ARN));
        assertThat(change.concerns(Reference.secret("db"))).isTrue();
    }

    @Test
    void aLabelOfTheUsersChangesNothing() {
        assertThat(heard(Events.label("e-1", "db", ARN, "release-7"))).isEqualTo(Heard.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PutSecretValue",
                "UpdateSecret",
                "DeleteSecret",
                "RestoreSecret",
                "RotateSecret",
                "UpdateSecretVersionStage"
            })
    void aCallThatMayChangeTheValueIsAChangeOfIt(String action) {
        SecretChange change = change(Events.call("e", action, "{\"secretId\":\"db\"}", "null"));
        assertThat(change.ids()).isEqualTo(Set.of("db"));
        assertThat(change.concerns(Reference.secret("db"))).isTrue();
        assertThat(change.concerns(Reference.listing("db"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TagResource", "UntagResource"})
    void aCallAboutTagsIsNoChangeOfTheValue(String action) {
        SecretChange change = change(Events.call("e", action, "{\"secretId\":\"db\",\"tags\":[{}]}", "null"));
        assertThat(change.concerns(Reference.secret("db"))).isFalse();
        assertThat(change.concerns(Reference.listing("db"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"arn", "aRN", "ARN"})
    void aNewSecretIsToldByItsNameAndByTheArnOfTheAnswer(String field) {
        SecretChange change =
                change(Events.call("e", "CreateSecret", "{\"name\":\"db\"}", "{\"%s\":\"%s\"}".formatted(field, ARN)));
        assertThat(change.ids()).isEqualTo(Set.of("db", ARN));
    }

    @Test
    void aCallThatFailedChangesNothing() {
        String failed = Events.call("e", "PutSecretValue", "{\"secretId\":\"db\"}", "null")
                .replace("\"readOnly\"", "\"errorCode\":\"AccessDenied\",\"readOnly\"");
        assertThat(heard(failed)).isEqualTo(Heard.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GetSecretValue", "DescribeSecret", "PutResourcePolicy", ""})
    void otherCallsChangeNothing(String action) {
        assertThat(heard(Events.call("e", action, "{\"secretId\":\"db\"}", "null")))
                .isEqualTo(Heard.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"source\":\"aws.s3\",\"detail\":{\"name\":\"db\",\"labelUpdated\":\"AWSCURRENT\"}}",
                "{\"source\":{\"aws.secretsmanager\":1}}",
                "{\"Type\":\"Notification\",\"Message\":\"{}\"}"
            })
    void whatIsNotOfSecretsManagerIsForeign(String body) {
        assertThat(heard(body)).isEqualTo(Heard.FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "hello",
                "{",
                "{\"source\":\"aws.secretsmanager\"",
                "{\"source\":\"aws.secretsmanager\"} {}",
                "{\"source\":\"aws.secretsmanager\",\"resources\":[",
                "{\"source\":\"aws.secretsmanager\"}",
                "{\"source\":\"aws.secretsmanager\",\"resources\":[1,null,{},[\"x\"]],\"detail\":{\"name\":\"\"}}",
                "{\"source\":\"aws.secretsmanager\",\"detail\":{\"name\":{},\"labelUpdated\":[]}}",
                "{\"source\":\"aws.secretsmanager\",\"detail\":{\"eventName\":\"PutSecretValue\"}}"
            })
    void whatIsNoEventOrTellsNoSecretIsMalformed(String body) {
        assertThat(heard(body)).isEqualTo(Heard.MALFORMED);
    }

    @Test
    void longAndDeepMessagesAreMalformed() {
        String event = Events.label("e", "db", ARN, "AWSCURRENT");
        String opening = event.substring(0, event.length() - 1);
        assertThat(heard(opening + ",\"x\":" + "[".repeat(60) + "]".repeat(60) + "}"))
                .isEqualTo(Heard.CHANGE);
        assertThat(heard(opening + ",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"))
                .isEqualTo(Heard.MALFORMED);
        assertThat(heard("{\"a\":".repeat(50_000))).isEqualTo(Heard.MALFORMED);
        assertThat(heard(opening + " ".repeat(256 * 1024) + "}")).isEqualTo(Heard.MALFORMED);
        assertThat(heard(Events.label("e", "x".repeat(3_000), "y".repeat(3_000), "AWSCURRENT")))
                .isEqualTo(Heard.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({
        "db, db, true",
        "db, db2, false",
        "db, arn:aws:secretsmanager:us-east-1:123456789012:secret:db-a1B2c3, true",
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-a1B2c3, db, true",
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:db, db, true",
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:db,"
                + " arn:aws:secretsmanager:us-east-1:123456789012:secret:db-a1B2c3, true",
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-a1B2c3,"
                + " arn:aws:secretsmanager:us-east-1:999999999999:secret:db-a1B2c3, false",
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-a1B2c3,"
                + " arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-a1B2c3, false",
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:a/db-master-a1B2c3, a/db-master, true",
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:a/db-master-a1B2c3, a/db, false",
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:-a1B2c3, db, false",
        "arn:aws:s3:::db, db, false"
    })
    void namesAndArnsMeanTheSameSecretOrNot(String told, String read, boolean same) {
        SecretChange change = new SecretChange(Set.of(told), true);
        assertThat(change.concerns(Reference.secret(read))).isEqualTo(same);
        assertThat(change.concerns(Reference.listing(read))).isEqualTo(same);
    }

    @Test
    void rolesAndTheListingOfEverythingAreNotASecret() {
        SecretChange change = new SecretChange(Set.of("db", ""), true);
        assertThat(change.concerns(Reference.principal("db"))).isFalse();
        assertThat(change.concerns(Reference.listing(""))).isFalse();
    }
}
