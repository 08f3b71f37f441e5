package io.keyferry.store.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.engine.store.StoreFailure.Phase;
import io.keyferry.testkit.Aws;
import io.keyferry.testkit.RealParts;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A role is told by its ARN, or by a short name in the operator's own account. */
@RealParts
class PrincipalsTest {
    private final Aws aws;

    PrincipalsTest(Aws aws) {
        this.aws = aws;
    }

    private static Reading resolve(AwsStore store, String name) throws StoreException, InterruptedException {
        return store.read(AwsStore.OPERATOR, Reference.principal(name));
    }

    private static Reading principal(String arn) {
        return new Reading.Principal(Map.of("arn", arn));
    }

    @Test
    void aShortNameIsARoleOfTheAccountThatStsTells() throws Exception {
        try (AwsStore store = Stores.of(aws)) {
            assertThat(resolve(store, "reader")).isEqualTo(principal("arn:aws:iam::123456789012:role/reader"));
            assertThat(resolve(store, "a/path/reader"))
                    .isEqualTo(principal("arn:aws:iam::123456789012:role/a/path/reader"));
            assertThat(aws.actions()).containsExactly("GetCallerIdentity");
        }
    }

    @Test
    void onAnInstanceAShortNameIsARoleOfTheInstancesAccount() throws Exception {
        try (FakeInstance instance = FakeInstance.withProfile("arn:aws-cn:iam::5:instance-profile/some/node");
                AwsStore store = Stores.onInstance(aws, instance.address())) {
            assertThat(resolve(store, "reader")).isEqualTo(principal("arn:aws-cn:iam::5:role/reader"));
            assertThat(resolve(store, "other")).isEqualTo(principal("arn:aws-cn:iam::5:role/other"));
            assertThat(instance.requests()).isEqualTo(2);
            assertThat(aws.actions()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::123456789012:role/reader",
                "arn:aws-us-gov:iam::1:role/a/path/reader",
                "arn::iam::1:role",
                "arn:_-Z9:iam::0:rolexyz",
                "arn:aws:iam::1:role/.._--"
            })
    void anArnIsTakenAsItIs(String arn) throws Exception {
        try (AwsStore store = Stores.of(aws)) {
            assertThat(resolve(store, arn)).isEqualTo(principal(arn));
            assertThat(aws.actions()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:",
                "ARN:aws:iam::1:role/x",
                "arn:aws:iam::x:role/y",
                "arn:aws:iam:eu:1:role/x",
                "arn:aws:iam::1:user/x",
                "arn:aws:s3:::bucket",
                "arn:aws:iam::1:role/x\n",
                "arn:aws:iam::1:role/x ",
                "arn:aws:iam::1:role/a+b",
                "arn:aws:iam::\u0661:role/x"
            })
    void whatWantsToBeAnArnAndIsNoneIsAnError(String name) {
        try (AwsStore store = Stores.of(aws)) {
            StoreFailure failure = Stores.failure(() -> resolve(store, name));
            assertThat(failure.kind()).isEqualTo(Kind.INVALID);
            assertThat(failure.phase()).isEqualTo(Phase.AUTHENTICATE);
            assertThat(failure.message())
                    .contains("is not the ARN of a role: use arn:aws:iam::ACCOUNT:role/NAME or NAME");
            assertThat(failure.message().lines()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"a role", "a+b", "a=b", "'a,b'", "a@b", "a:b", "'reader\n'"})
    void aNameThatNoRoleHasIsAnError(String name) {
        try (AwsStore store = Stores.of(aws)) {
            StoreFailure failure = Stores.failure(() -> resolve(store, name));
            assertThat(failure.kind()).isEqualTo(Kind.INVALID);
            assertThat(failure.message()).contains("is not the name of a role");
            assertThat(failure.message().lines()).hasSize(1);
        }
    }

    /** What goes back over a part that it has matched would take hours for these, and a stack that does not exist. */
    @ParameterizedTest
    @ValueSource(ints = {100_000, 200_000})
    void hostileNamesAreRefusedAsFastAsTheyAreLong(int length) {
        String colons = ":iam::1:role".repeat(length / 12);
        String path = "a/".repeat(length / 2);
        try (AwsStore store = Stores.of(aws)) {
            for (String hostile : new String[] {
                "arn:" + "-".repeat(length) + "!",
                "arn:aws" + colons + "!",
                "arn:aws:iam::" + "1".repeat(length) + ":rol",
                "arn:aws:iam::1:role/" + path + "!",
                path + "!"
            }) {
                StoreFailure failure = Stores.failure(() -> resolve(store, hostile));
                assertThat(failure.kind()).isEqualTo(Kind.INVALID);
                assertThat(failure.message()).hasSizeLessThan(400);
            }
        }
    }

    @Test
    void whatStsDoesNotTellIsAskedForAgain() throws Exception {
        Answers.error(aws, "GetCallerIdentity", 403, "AccessDenied");
        try (AwsStore store = Stores.hasty(aws)) {
            StoreFailure failure = Stores.failure(() -> resolve(store, "reader"));
            assertThat(failure.kind()).isEqualTo(Kind.DENIED);
            assertThat(failure.phase()).isEqualTo(Phase.AUTHENTICATE);
            assertThat(failure.message()).startsWith("finding out the operator's own account: ");
            aws.proxy().heal();
            assertThat(resolve(store, "reader")).isEqualTo(principal("arn:aws:iam::123456789012:role/reader"));
        }
    }
}
