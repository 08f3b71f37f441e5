package io.keyferry.store.vault;

import static io.keyferry.store.vault.FakeVault.data;
import static io.keyferry.store.vault.FakeVault.errors;
import static io.keyferry.store.vault.FakeVault.says;
import static io.keyferry.store.vault.Fixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reading.Absent;
import io.keyferry.engine.store.Reading.Found;
import io.keyferry.engine.store.StoreFailure.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MountsTest {
    private final Fixture f = new Fixture();

    @AfterEach
    void stop() {
        f.close();
    }

    @Test
    void oneProbeServesFiveHundredSecretsReadAtOnce() throws Exception {
        f.vault.mounted("secret/", 2);
        List<Callable<Reading>> reads = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String name = "s" + i;
            f.vault.on("GET /v1/secret/data/" + name, data("{\"data\":{\"n\":" + i + "}}"));
            reads.add(() -> f.secret("secret/" + name));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (Future<Reading> read : threads.invokeAll(reads)) {
                assertThat(read.get()).isInstanceOf(Found.class);
            }
        }

        assertThat(f.vault.probes()).isEqualTo(1);
    }

    @Test
    void mountsThatShareTheirFirstSegmentAreToldApart() throws Exception {
        f.vault.mounted("team/a/", 2).mounted("team/b/", 1);
        f.vault.on("GET /v1/team/a/data/x", data("{\"data\":{\"in\":\"a\"}}"));
        f.vault.on("GET /v1/team/b/x", data("{\"in\":\"b\"}"));

        for (int i = 0; i < 3; i++) {
            assertThat(json(f.secret("team/a/x"))).isEqualTo("{\"in\":\"a\"}");
            assertThat(json(f.secret("team/b/x"))).isEqualTo("{\"in\":\"b\"}");
        }
        assertThat(f.vault.probes()).isEqualTo(2);
    }

    @Test
    void aMountNeverCoversAPathThatOnlyBeginsLikeIt() throws Exception {
        f.vault.mounted("kv/", 2).mounted("kv2/", 1);
        f.vault.on("GET /v1/kv/data/x", data("{\"data\":{}}")).on("GET /v1/kv2/x", data("{\"k\":1}"));

        f.secret("kv/x");
        assertThat(json(f.secret("kv2/x"))).isEqualTo("{\"k\":1}");
    }

    @Test
    void eachIdentityProbesForItself() throws Exception {
        f.vault.mounted("secret/", 2).on("GET /v1/secret/data/x", data("{\"data\":{}}"));

        f.secret(f.token("one"), "secret/x");
        f.secret(f.token("two"), "secret/x");

        assertThat(f.vault.probes()).isEqualTo(2);
    }

    @Test
    void aMountIsAskedForAgainAfterFiveMinutes() throws Exception {
        f.vault.mounted("secret/", 2).on("GET /v1/secret/data/x", data("{\"data\":{}}"));

        f.secret("secret/x");
        f.time.pass(MountTable.LIFE);
        f.secret("secret/x");

        assertThat(f.vault.probes()).isEqualTo(2);
    }

    @Test
    void anEngineReplacedByVersionOneIsNoticedWhenAPathIsMissing() throws Exception {
        f.vault.mounted("m/", 2).on("GET /v1/m/data/x", data("{\"data\":{\"v\":2}}"));
        f.secret("m/x");

        f.vault.mounted("m/", 1).on("GET /v1/m/data/x", errors(404)).on("GET /v1/m/x", data("{\"v\":1}"));
        f.time.pass(Conversation.TRUSTED);

        assertThat(json(f.secret("m/x"))).isEqualTo("{\"v\":1}");
    }

    @Test
    void anEngineUpgradedToVersionTwoIsNoticedAtOnce() throws Exception {
        f.vault.mounted("m/", 1).on("GET /v1/m/x", data("{\"v\":1}"));
        f.secret("m/x");

        f.vault
                .mounted("m/", 2)
                .on(
                        "GET /v1/m/x",
                        says(
                                404,
                                "{\"request_id\":\"02\",\"data\":null,\"warnings\":[\"Invalid path for a versioned K/V secrets"
                                        + " engine. See the API docs for the appropriate API endpoints to use.\"]}"))
                .on("GET /v1/m/data/x", data("{\"data\":{\"v\":2}}"));

        assertThat(json(f.secret("m/x"))).isEqualTo("{\"v\":2}");
    }

    @Test
    void aMountThatWentFailsRatherThanSayingThatTheSecretIsMissing() throws Exception {
        f.vault.mounted("m/", 2).on("GET /v1/m/data/x", data("{\"data\":{\"v\":2}}"));
        f.secret("m/x");

        f.vault.on("GET /v1/sys/internal/ui/mounts/m/x", errors(403, "permission denied"));
        f.vault.on("GET /v1/m/data/x", errors(404, "no handler for route \\\"m/data/x\\\". route entry not found."));

        assertThat(f.failure("m/x").kind()).isEqualTo(Kind.DENIED);
    }

    @Test
    void aRefusedPathMakesItsMountBeAskedForNextTime() throws Exception {
        f.vault.mounted("m/", 2).on("GET /v1/m/data/x", data("{\"data\":{\"v\":2}}"));
        f.secret("m/x");
        f.vault.mounted("m/", 1).on("GET /v1/m/data/x", errors(403, "permission denied"));
        f.vault.on("GET /v1/m/x", data("{\"v\":1}"));
        f.time.pass(Conversation.TRUSTED);

        assertThat(f.failure("m/x").kind()).isEqualTo(Kind.DENIED);
        assertThat(json(f.secret("m/x"))).isEqualTo("{\"v\":1}");
    }

    @Test
    void missingPathsCauseAtMostOneProbePerFiveSeconds() throws Exception {
        f.vault.mounted("secret/", 2);
        for (int i = 0; i < 100; i++) {
            assertThat(f.secret("secret/none" + i)).isInstanceOf(Absent.class);
            f.time.pass(Duration.ofMillis(100));
        }

        assertThat(f.vault.probes()).isLessThanOrEqualTo(3);
    }
}
