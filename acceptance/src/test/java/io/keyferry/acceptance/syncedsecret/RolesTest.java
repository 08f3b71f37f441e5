package io.keyferry.acceptance.syncedsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.AwsWorld;
import io.keyferry.acceptance.WithOperator;
import io.keyferry.testkit.Aws;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A namespace's annotation says which roles may be used in it. */
@WithOperator(dialect = "syncedsecret")
class RolesTest {
    private static final String ANNOTATION = "iam.amazonaws.com/allowed-roles";
    private static final String ARN = "arn:aws:iam::" + Aws.ACCOUNT + ":role/reader";

    private final AwsWorld world;
    private final String secret;

    RolesTest(AwsWorld world) {
        this.world = world;
        secret = world.aws.newName();
        world.aws.create(secret, "{\"k\":\"v\"}");
    }

    private void create(String role) {
        Map<String, Object> spec = new TreeMap<>(AwsWorld.dataFrom(secret));
        spec.put("IAMRole", role);
        world.place.create("app", spec);
    }

    @ParameterizedTest
    @CsvSource({"reader", "arn:aws:iam::123456789012:role/reader", "''"})
    void withoutTheAnnotationEveryRoleIsAllowed(String role) {
        create(role);
        world.place.awaitReady("app", "True Synced");
    }

    @Test
    void aResourceWithoutARoleIsReadAsTheOperator() {
        Map<String, Object> spec = new TreeMap<>(AwsWorld.dataFrom(secret));
        spec.remove("IAMRole");
        world.place.create("app", spec);
        world.place.awaitReady("app", "True Synced");
    }

    @Test
    void withTheAnnotationTheOperatorsOwnIdentityIsDenied() {
        world.annotate(ANNOTATION, "[\"reader\"]");
        Map<String, Object> spec = new TreeMap<>(AwsWorld.dataFrom(secret));
        spec.remove("IAMRole");
        world.place.create("app", spec);
        world.place.awaitReady("app", "False RoleDenied");
        assertThat(world.place.secret("app")).isNull();
    }

    @Test
    void aListedRoleIsAllowedByShortNameAndByArn() {
        world.annotate(ANNOTATION, "[\"other\", \"" + ARN + "\"]");
        create("reader");
        world.place.awaitReady("app", "True Synced");
    }

    @Test
    void anotherRoleIsDeniedUntilItIsListed() {
        world.annotate(ANNOTATION, "[\"other\"]");
        create("reader");
        world.place.awaitReady("app", "False RoleDenied");
        assertThat(world.place.secret("app")).isNull();
        world.annotate(ANNOTATION, "[\"other\", \"reader\"]");
        world.place.awaitReady("app", "True Synced");
    }

    @Test
    void whoIsDeniedLaterKeepsTheSecret() {
        create("reader");
        world.place.awaitReady("app", "True Synced");
        world.annotate(ANNOTATION, "[]");
        world.place.awaitReady("app", "False RoleDenied");
        assertThat(world.place.data("app")).isEqualTo(Map.of("k", "v"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"reader", "''", "[1]", "{}", "[\"a\"", "\"reader\""})
    void anAnnotationThatIsNoListOfStringsIsAnError(String annotation) {
        world.annotate(ANNOTATION, annotation);
        create("reader");
        world.place.awaitReady("app", "False AnnotationInvalid");
    }

    @ParameterizedTest
    @CsvSource({"ARN:aws:iam::1:role/x", "arn:aws:iam::x:role/y", "a role", "arn:aws:s3:::bucket"})
    void aRoleThatIsNoneIsAnError(String role) {
        create(role);
        world.place.awaitReady("app", "False RoleInvalid");
    }
}
