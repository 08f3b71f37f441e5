package io.keyferry.store.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.testkit.Aws;
import io.keyferry.testkit.Own;
import io.keyferry.testkit.RealParts;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A listing that lacks half of what there was is believed only if what it lacks is gone. */
@RealParts
class ShrunkListingsTest {
    private static final String LISTING = "ListSecrets";
    private static final String EMPTY = "{\"SecretList\":[]}";
    private static final int COUNT = 12;

    private final Aws aws;

    ShrunkListingsTest(@Own Aws aws) {
        this.aws = aws;
        IntStream.range(0, COUNT).forEach(i -> aws.create("secret-" + i, "v"));
    }

    @AfterEach
    void destroy() {
        aws.proxy().heal();
        aws.proxy().forget();
        aws.secrets("ListSecrets", Map.of("IncludePlannedDeletion", true))
                .path("SecretList")
                .forEach(secret -> aws.destroy(secret.path("Name").textValue()));
    }

    @Test
    void aListingThatLacksSecretsThatExistIsNotBelieved() throws Exception {
        try (AwsStore store = Stores.of(aws)) {
            Reading.Inventory whole = Stores.list(store);
            Reference canonical = store.canonical(AwsStore.OPERATOR, Reference.secret("secret-1"));
            Answers.to(aws, LISTING, EMPTY);
            StoreFailure failure = Stores.failure(() -> Stores.list(store));
            assertThat(failure.kind()).isEqualTo(Kind.INVALID);
            assertThat(failure.message()).contains("12 secrets are missing of which at least one still exists");
            assertThat(store.canonical(AwsStore.OPERATOR, Reference.secret("secret-1")))
                    .isEqualTo(canonical);
            aws.proxy().heal();
            assertThat(Stores.list(store)).isEqualTo(whole);
        }
    }

    @Test
    void aListingIsBelievedWhenTheSecretsAreGone() throws Exception {
        try (AwsStore store = Stores.of(aws)) {
            assertThat(Stores.list(store).items()).hasSize(COUNT);
            IntStream.range(0, COUNT - 1).forEach(i -> aws.destroy("secret-" + i));
            assertThat(Stores.list(store).items()).containsOnlyKeys("secret-11");
        }
    }

    @Test
    void whoMayNotAskForASecretBelievesTheListing() throws Exception {
        try (AwsStore store = Stores.of(aws)) {
            assertThat(Stores.list(store).items()).hasSize(COUNT);
            Answers.to(aws, LISTING, EMPTY);
            Answers.error(aws, "DescribeSecret", 400, "AccessDeniedException");
            assertThat(Stores.list(store).items()).isEmpty();
        }
    }

    @Test
    void whileAwsDoesNotAnswerTheListingIsNotBelieved() throws Exception {
        try (AwsStore store = Stores.hasty(aws)) {
            assertThat(Stores.list(store).items()).hasSize(COUNT);
            Answers.to(aws, LISTING, EMPTY);
            Answers.error(aws, "DescribeSecret", 500, "InternalServiceError");
            assertThat(Stores.failure(() -> Stores.list(store)).kind()).isEqualTo(Kind.UNAVAILABLE);
        }
    }

    @Test
    void fewSecretsThatAreMissingAskForNothing() throws Exception {
        try (AwsStore store = Stores.of(aws)) {
            Stores.list(store);
            IntStream.range(0, 5).forEach(i -> aws.delete("secret-" + i));
            aws.proxy().forget();
            assertThat(Stores.list(store).items()).hasSize(COUNT - 5);
            assertThat(aws.actions()).containsExactly(LISTING);
        }
    }
}
