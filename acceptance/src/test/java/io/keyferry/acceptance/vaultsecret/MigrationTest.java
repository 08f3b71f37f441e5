package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.keyferry.acceptance.WithWorld;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Vault;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Switching over from the original operator changes no Secret: what it left behind, written here by hand, is what Keyferry
 * would write. Only links that the original got wrong are mended.
 */
@WithWorld
class MigrationTest {
    private static final String LONG_NAME = "x".repeat(64);
    private static final String SHA1_OF_LONG_NAME = "bb2fa3ee7afb9f54c6dfb5d021f14b1ffe40c163";

    private final World one;
    private final World two;

    MigrationTest(World two, Vault vault) {
        this.two = two;
        this.one = two.with(vault.newMount(1));
        for (World world : List.of(one, two)) {
            Map<String, @Nullable Object> app = new HashMap<>();
            app.put("user", "admin");
            app.put("password", "<p&ss>\u2028");
            app.put("port", 5432);
            app.put("large", 1234567);
            app.put("on", true);
            app.put("nothing", null);
            app.put("hosts", List.of("a", "b"));
            app.put("none", Map.of());
            app.put("empty", "");
            world.mount.put("team/app", app);
            world.mount.put("team/sub/mail", Map.of("key-10", "m", "key-9", "yes"));
        }
    }

    private void left(String name, String owner, Map<String, String> data, String... links) {
        String uid = two.vaultSecret(name).getMetadata().getUid();
        String urls = Arrays.stream(links)
                .map(link -> two.vault.address() + "/ui/vault/secrets/" + link)
                .collect(Collectors.joining(", "));
        two.client
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(two.namespace)
                        .withName(name)
                        .withLabels(Map.of("managed-by", "vault-secret-operator", "owner", owner))
                        .withAnnotations(Map.of("k8s-vault-operator/vault-ui-urls", urls))
                        .withOwnerReferences(new OwnerReferenceBuilder()
                                .withApiVersion("k8s.kiwi.com/v1")
                                .withKind("VaultSecret")
                                .withName(name)
                                .withUid(uid)
                                .withController(true)
                                .withBlockOwnerDeletion(true)
                                .build())
                        .endMetadata()
                        .withType("Opaque")
                        .withStringData(data)
                        .build())
                .create();
    }

    private void create(String name, String format, List<Map<String, String>> paths) {
        two.create(name, Map.of("paths", paths, "targetFormat", format));
    }

    private static final Map<String, String> ENV = Map.of(
            "db_user", "admin",
            "db_password", "<p&ss>\u2028",
            "db_port", "5432",
            "db_large", "1.234567e+06",
            "db_on", "true",
            "db_nothing", "<nil>",
            "db_hosts_0", "a",
            "db_hosts_1", "b",
            "db_empty", "");

    private static final String JSON = """
            {
              "app": {
                "empty": "",
                "hosts": [
                  "a",
                  "b"
                ],
                "large": 1234567,
                "none": {},
                "nothing": null,
                "on": true,
                "password": "\\u003cp\\u0026ss\\u003e\\u2028",
                "port": 5432,
                "user": "admin"
              },
              "sub": {
                "mail": {
                  "key-10": "m",
                  "key-9": "yes"
                }
              }
            }""";

    private static final String YAML = """
            m:
                key-9: "yes"
                key-10: m
            """;

    @Test
    void nothingIsWrittenButLinksThatWereWrong(Cluster cluster) {
        String kv1 = one.mount.name();
        String kv2 = two.mount.name();
        create("env", "env", List.of(two.path("team/app", "db_")));
        create("json", "json", List.of(two.path("team/*")));
        create("yaml", "YAML", List.of(two.path("team/sub/mail", "m/")));
        create("old-env", "", List.of(one.path("team/app", "db_")));
        create("old-json", "json", List.of(one.path("team/*")));
        create("several", "env", List.of(two.path("team/app", "db_"), two.path("gone"), two.path("team/sub/*", "m/")));
        create(LONG_NAME, "env", List.of(two.path("team/app", "db_")));
        left("env", "env", ENV, kv2 + "/kv/team%2Fapp");
        left("json", "json", Map.of("secrets.json", JSON), kv2 + "/kv/list/team/");
        left("yaml", "yaml", Map.of("secrets.yaml", YAML), kv2 + "/kv/team%2Fsub%2Fmail");
        left("old-env", "old-env", ENV, kv1 + "/show/team/app");
        left("old-json", "old-json", Map.of("secrets.json", JSON), kv1 + "/kv/list/team/");
        Map<String, String> more = new TreeMap<>(ENV);
        more.put("m_mail_key-9", "yes");
        more.put("m_mail_key-10", "m");
        left("several", "several", more, kv2 + "/kv/team%2Fapp", kv2 + "/kv/gone", kv2 + "/kv/list/team/sub/");
        left(LONG_NAME, SHA1_OF_LONG_NAME, ENV, kv2 + "/kv/team%2Fapp");
        Map<String, Secret> before = secrets();
        Map<String, Long> counts = cluster.requestCounts();
        try (OperatorProcess operator = two.operator().start()) {
            before.keySet().forEach(name -> two.awaitReady(name, "True Synced"));
            Map<String, Secret> after = secrets();
            assertThat(after).hasSameSizeAs(before);
            before.forEach((name, secret) -> {
                if (!name.equals("old-json")) {
                    assertThat(after.get(name)).as(name).isEqualTo(secret);
                }
            });
            Secret wrong = Objects.requireNonNull(before.get("old-json"));
            Secret mended = two.requireSecret("old-json");
            assertThat(mended.getData()).isEqualTo(wrong.getData());
            assertThat(mended.getMetadata().getLabels())
                    .isEqualTo(wrong.getMetadata().getLabels());
            assertThat(two.links("old-json"))
                    .isEqualTo(two.vault.address() + "/ui/vault/secrets/" + kv1 + "/list/team/");
            for (String name : before.keySet()) {
                assertThat(two.events(name))
                        .as(name)
                        .allMatch(event ->
                                name.equals("old-json") && event.getReason().equals("updated"));
            }
            assertThat(writes(cluster.requestCounts())).isEqualTo(writes(counts) + 1);
            assertThat(operator.isAlive()).isTrue();
        }
    }

    private Map<String, Secret> secrets() {
        return two.secrets().stream()
                .collect(Collectors.toMap(secret -> secret.getMetadata().getName(), secret -> secret));
    }

    private static long writes(Map<String, Long> counts) {
        return List.of("POST secrets", "PUT secrets", "PATCH secrets", "APPLY secrets").stream()
                .mapToLong(verb -> counts.getOrDefault(verb, 0L))
                .sum();
    }
}
