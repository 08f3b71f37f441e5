package io.keyferry.acceptance.syncedsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.keyferry.acceptance.AwsWorld;
import io.keyferry.acceptance.Place;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.testkit.OperatorProcess;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Switching over from the original operator changes no Secret: what it left behind, written here by hand, is what Keyferry
 * would write.
 */
@WithWorld
class MigrationTest {
    private final AwsWorld world;
    private final String secret;

    MigrationTest(AwsWorld world) {
        this.world = world;
        secret = world.aws.newName();
        world.aws.create(
                secret,
                "{\"user\":\"admin\",\"port\":5432,\"large\":1000000,\"nothing\":null,\"deep\":{\"z\":1,\"b\":[true,null]}}");
    }

    private void left(String name, Map<String, String> labels, Map<String, String> data) {
        world.cluster
                .client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(world.place.namespace())
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .withType("Opaque")
                        .withStringData(data)
                        .build())
                .create();
    }

    private Map<String, Secret> secrets() {
        return world.place.secrets().stream()
                .collect(Collectors.toMap(found -> found.getMetadata().getName(), found -> found));
    }

    @Test
    void nothingIsWritten() {
        Map<String, Object> labelled = new TreeMap<>(AwsWorld.dataFrom(secret));
        labelled.put("secretMetadata", Map.of("labels", Map.of("team", "shop"), "annotations", Map.of()));
        world.place.create("whole", labelled);
        left(
                "whole",
                Map.of("team", "shop"),
                Map.of(
                        "user", "admin",
                        "port", "5432",
                        "large", "1e+06",
                        "nothing", "<nil>",
                        "deep", "map[b:[true <nil>] z:1]"));
        world.place.create(
                "entries",
                Map.of(
                        "IAMRole",
                        "",
                        "data",
                        List.of(
                                Map.of("name", "literal", "value", "v"),
                                Map.of("name", "copy", "valueFrom", Map.of("secretRef", Map.of("name", secret))),
                                Map.of(
                                        "name",
                                        "absent",
                                        "valueFrom",
                                        Map.of("secretKeyRef", Map.of("name", secret, "key", "x"))),
                                Map.of(
                                        "name",
                                        "made",
                                        "valueFrom",
                                        Map.of(
                                                "template",
                                                "{{ with getSecretValueMap \"%s\" }}{{ .user }}:{{ .port }}{{ end }}"
                                                        .formatted(secret))))));
        left(
                "entries",
                Map.of(),
                Map.of(
                        "literal",
                        "v",
                        "copy",
                        "{\"user\":\"admin\",\"port\":5432,\"large\":1000000,\"nothing\":null,\"deep\":{\"z\":1,\"b\":[true,null]}}",
                        "absent",
                        "<nil>",
                        "made",
                        "admin:5432"));
        Map<String, Secret> before = secrets();
        try (OperatorProcess operator = world.operator().start()) {
            operator.awaitReady(Place.SOON);
            world.place.awaitReady("whole", "True Synced");
            world.place.awaitReady("entries", "True Synced");
            assertThat(secrets()).isEqualTo(before);
        }
    }
}
