package io.keyferry.acceptance.syncedsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.AwsWorld;
import io.keyferry.acceptance.WithOperator;
import io.keyferry.testkit.Aws;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With an account instead of a role, a secret must carry a tag for the type of the namespace. */
@WithOperator(dialect = "syncedsecret")
class AccountsTest {
    private static final String TYPE = "k8s.contentful.com/namespace-type";
    private static final String TAG = "k8s.contentful.com/namespace_type/web";

    private final AwsWorld world;
    private final String secret;

    AccountsTest(AwsWorld world) {
        this.world = world;
        secret = world.aws.newName();
    }

    private Map<String, Object> spec(String kind) {
        Map<String, Object> from = switch (kind) {
            case "dataFrom" -> Map.of("dataFrom", Map.of("secretRef", Map.of("name", secret)));
            case "secretRef" -> one(Map.of("secretRef", Map.of("name", secret)));
            case "secretKeyRef" -> one(Map.of("secretKeyRef", Map.of("name", secret, "key", "k")));
            default -> one(Map.of("template", "{{ getSecretValue \"%s\" }}".formatted(secret)));
        };
        Map<String, Object> spec = new TreeMap<>(from);
        spec.put("AWSAccountID", Aws.ACCOUNT);
        return spec;
    }

    private static Map<String, Object> one(Map<String, Object> valueFrom) {
        return Map.of("data", List.of(Map.of("name", "k", "valueFrom", valueFrom)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dataFrom", "secretRef", "secretKeyRef", "template"})
    void withoutTheTagEveryKindOfReferenceIsDenied(String kind) {
        world.label(TYPE, "web");
        world.aws.create(secret, "{\"k\":\"v\"}", Map.of("k8s.contentful.com/namespace_type/other", "1"));
        world.place.create("app", spec(kind));
        world.place.awaitReady("app", "False SecretDenied");
        assertThat(world.place.secret("app")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dataFrom", "secretRef", "secretKeyRef", "template"})
    void withTheTagEveryKindOfReferenceIsAllowed(String kind) {
        world.label(TYPE, "web");
        world.aws.create(secret, "{\"k\":\"v\"}", Map.of(TAG, "1"));
        world.place.create("app", spec(kind));
        world.place.awaitReady("app", "True Synced");
    }

    @Test
    void anotherValueOfTheTagIsNoTag() {
        world.label(TYPE, "web");
        world.aws.create(secret, "{\"k\":\"v\"}", Map.of(TAG, "true"));
        world.place.create("app", spec("dataFrom"));
        world.place.awaitReady("app", "False SecretDenied");
    }

    @Test
    void aNamespaceWithoutATypeIsDeniedUntilItHasOne() {
        world.aws.create(secret, "{\"k\":\"v\"}", Map.of(TAG, "1"));
        world.place.create("app", spec("dataFrom"));
        world.place.awaitReady("app", "False SecretDenied");
        world.label(TYPE, "web");
        world.place.awaitReady("app", "True Synced");
    }

    @Test
    void aTagThatIsRemovedDeniesWithTheNextPollAndTheSecretStays() {
        world.label(TYPE, "web");
        world.aws.create(secret, "{\"k\":\"v\"}", Map.of(TAG, "1"));
        world.place.create("app", spec("dataFrom"));
        world.place.awaitReady("app", "True Synced");
        world.aws.untag(secret, TAG);
        world.place.awaitReady("app", "False SecretDenied");
        assertThat(world.place.data("app")).isEqualTo(Map.of("k", "v"));
    }

    @Test
    void aReferenceWithoutANameIsRefusedBeforeAnythingIsAsked() {
        world.label(TYPE, "web");
        world.place.create(
                "app", Map.of("AWSAccountID", Aws.ACCOUNT, "dataFrom", Map.of("secretRef", Map.of("name", ""))));
        assertThat(world.place.awaitEvent("app", "SecretMissing").getMessage()).contains("its name is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "12345678901x"})
    void anAccountThatIsNoneIsInvalid(String account) {
        Map<String, Object> spec = new TreeMap<>(spec("dataFrom"));
        spec.put("AWSAccountID", account);
        world.place.create("app", spec);
        assertThat(world.place.awaitEvent("app", "InvalidResource").getMessage())
                .contains("spec.AWSAccountID");
    }
}
