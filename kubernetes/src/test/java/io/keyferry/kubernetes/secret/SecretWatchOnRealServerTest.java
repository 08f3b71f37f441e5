package io.keyferry.kubernetes.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.time.SystemTimers;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.RealParts;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@RealParts
@Timeout(180)
class SecretWatchOnRealServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Fingerprinter FINGERPRINTER = Fingerprinter.random();

    private static Secret secret(String namespace, String name, String value) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withStringData(Map.of("k", value))
                .build();
    }

    private static boolean has(SecretIndex index, String namespace, String name, String value) {
        return index.get(new SecretName(namespace, name))
                .map(state -> FINGERPRINTER.of(value).equals(state.data().get("k")))
                .orElse(false);
    }

    @Test
    void itFollowsItsNamespacesAlsoThroughARestartOfTheApiServer(Cluster cluster) {
        String mine = cluster.newNamespace();
        String other = cluster.newNamespace();
        var secrets = cluster.client().secrets();
        secrets.resource(secret(mine, "stays", "1")).create();
        secrets.resource(secret(mine, "goes", "1")).create();
        secrets.resource(secret(other, "elsewhere", "1")).create();
        SecretIndex index = new SecretIndex();
        try (SystemTimers timers = new SystemTimers("test");
                SecretWatch watch = new SecretWatch(
                        new ApiClient(cluster.client()),
                        Set.of(mine),
                        index,
                        FINGERPRINTER,
                        timers,
                        RandomGenerator.getDefault())) {
            watch.start().join();
            assertThat(has(index, mine, "stays", "1")).isTrue();
            assertThat(index.get(new SecretName(other, "elsewhere"))).isEmpty();
            secrets.resource(secret(mine, "stays", "2")).update();
            await().atMost(PATIENCE).until(() -> has(index, mine, "stays", "2"));
            cluster.restartApiServer();
            secrets.resource(secret(mine, "stays", "3")).update();
            secrets.resource(secret(mine, "goes", "1")).delete();
            await().atMost(PATIENCE)
                    .until(() -> has(index, mine, "stays", "3")
                            && index.get(new SecretName(mine, "goes")).isEmpty());
        }
    }
}
