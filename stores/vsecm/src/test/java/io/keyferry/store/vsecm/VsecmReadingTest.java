package io.keyferry.store.vsecm;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.engine.store.StoreFailure.Phase;
import io.keyferry.store.vsecm.testing.Fixture;
import io.keyferry.testkit.vsecm.FakeWorkloadApi;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VsecmReadingTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Fixture f;

    @BeforeEach
    void start() {
        f = new Fixture(folder);
    }

    @AfterEach
    void stop() {
        f.close();
    }

    @Test
    void readsADocumentOutOfItsEnvelope() {
        f.safe.put("vsecm-operator", "{\"b\": \"x & y <z>\", \"a\": [1.0, 1e3, 12345678901234567890]}");

        assertThat(f.value()).isEqualTo("{\"b\":\"x & y <z>\",\"a\":[1.0,1e3,12345678901234567890]}");
        assertThat(f.found().attributes())
                .containsOnly(Map.entry("mode", "document"), Map.entry("identity", "workload"));
        assertThat(f.lastRequest().target()).isEqualTo("/workload/v1/secrets");
        assertThat(f.lastRequest().caller()).isEqualTo(Fixture.OPERATOR);
    }

    @Test
    void aValueThatIsNotJsonIsMalformed() throws Exception {
        f.safe.put("vsecm-operator", "plain \"text\"");
        assertThat(f.failure().reason()).isEqualTo("Malformed");
    }

    @Test
    void asksForAPathVerbatim() throws Exception {
        f.safe.put("vsecm-operator", "{}");
        assertThat(f.failure(f.safe.address() + "/workload%2Fv2/x?a=b").reason())
                .isEqualTo("AmbiguousRejected");
        assertThat(f.lastRequest().target()).isEqualTo("/workload%2Fv2/x?a=b");
        assertThat(f.ask(f.safe.address() + "/")).isInstanceOf(Reading.Found.class);
        assertThat(f.lastRequest().target()).isEqualTo("/workload/v1/secrets");
    }

    @Test
    void makesACatalogueOfScoutsRecordsWhateverTheirOrder() {
        f.beScout();
        f.safe.put(Map.of(
                "workloads", List.of("raw:coca-cola.cluster-001"),
                "value", "{\"user\":\"u\",\"n\":1.50}",
                "namespaces", List.of("a", "b"),
                "notBefore", "2026-01-01T00:00:00Z",
                "expires", "2027-01-01T00:00:00Z"));
        f.safe.put("raw:a", "not json");
        f.safe.put(Map.of(
                "workloads",
                List.of("raw:t"),
                "value",
                "{\"u\":\"x\"}",
                "template",
                "{\"user\":\"{{.u}}\"}",
                "format",
                "json"));

        Reading.Found first = f.found();
        assertThat(first.attributes()).containsOnly(Map.entry("mode", "catalogue"), Map.entry("identity", "scout"));
        assertThat(first.value().utf8())
                .startsWith("[{\"name\":\"a\",\"value\":\"not json\",\"namespaces\":[\"default\"],")
                .contains(
                        "{\"name\":\"coca-cola.cluster-001\",\"value\":{\"user\":\"u\",\"n\":1.50},\"namespaces\":[\"a\",\"b\"],"
                                + "\"notBefore\":\"2026-01-01T00:00:00Z\",\"expiresAfter\":\"2027-01-01T00:00:00Z\"}")
                .contains("{\"name\":\"t\",\"value\":{\"user\":\"x\"},")
                .doesNotContain("created", "correlationId");
        for (int i = 0; i < 10; i++) {
            assertThat(f.read()).isEqualTo(first);
        }
    }

    @Test
    void readsScoutsSoleSecretAsADocument() {
        f.beScout();
        f.safe.put("raw:only", "{\"k\":1}");
        assertThat(f.value()).isEqualTo("{\"k\":1}");
        assertThat(f.found().attributes()).containsOnly(Map.entry("mode", "document"), Map.entry("identity", "scout"));
    }

    @Test
    void anArrayOfRecordsIsNoCatalogueToAWorkload() {
        f.safe.put("vsecm-operator", "[{\"name\":\"b\",\"value\":\"1\"},{\"name\":\"a\",\"value\":\"2\"}]");
        assertThat(f.value()).startsWith("[{\"name\":\"b\"");
        assertThat(f.found().attributes()).containsEntry("mode", "document");
    }

    @Test
    void tellsThatThereIsNoSecret() {
        assertThat(f.read())
                .isEqualTo(new Reading.Absent(Reading.Absent.Cause.MISSING, Map.of("identity", "workload")));
    }

    @ParameterizedTest
    @CsvSource({
        "400, AmbiguousRejected, INVALID",
        "500, NotReady, UNAVAILABLE",
        "503, NotReady, UNAVAILABLE",
        "204, Malformed, INVALID",
        "302, Malformed, INVALID",
        "401, Malformed, INVALID",
        "429, Malformed, INVALID",
        "502, Malformed, INVALID"
    })
    void hasAReasonForEveryStatus(int status, String reason, Kind kind) {
        f.safe.answer(status, "hunter2");
        StoreFailure failure = f.failure();
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.phase()).isEqualTo(Phase.READ);
        assertThat(failure.message())
                .startsWith(f.safe.address() + "/workload/v1/secrets: status " + status)
                .doesNotContain("hunter2");
        assertThat(f.safe.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"hunter2 {", "['hunter2']", "'\"hunter2\"'", "'{\"data\":\"hunter2\"} x'", "''"})
    void refusesABodyThatIsNoObject(String body) {
        f.safe.answer(200, body);
        StoreFailure failure = f.failure();
        assertThat(failure.reason()).isEqualTo("Malformed");
        assertThat(failure.kind()).isEqualTo(Kind.INVALID);
        assertThat(failure.toString()).doesNotContain("hunter2");
    }

    @Test
    void recoversWhenTheRootKeyIsLoadedLate() {
        f.safe.put("vsecm-operator", "{}");
        f.safe.rootKey(false);
        assertThat(f.failure().reason()).isEqualTo("AmbiguousRejected");
        f.safe.rootKey(true);
        assertThat(f.outcome()).isEqualTo("read");
    }

    @Test
    void asksNoSafeThatIsNotAllowed() {
        try (Fixture other = new Fixture(
                folder,
                FakeWorkloadApi.start(folder.resolve("b.sock")),
                Map.of("KEYFERRY_VSECM_ALLOWED_URLS", "https://allowed.example:8443 , https://other.example/x"))) {
            StoreFailure failure = other.failure();
            assertThat(failure.reason()).isEqualTo("SafeNotAllowed");
            assertThat(failure.kind()).isEqualTo(Kind.DENIED);
            assertThat(other.safe.connections()).isZero();
            assertThat(other.agent.calls()).isZero();
        }
    }

    @Test
    void refusesOtherIdentitiesReferencesAndAddresses() {
        SafeAddress safe = SafeAddress.parse(f.safe.address().toString());
        Identity token = new Identity.Token(SecretValue.utf8("t"));
        assertThat(misuse(new Access(VsecmStore.address(safe), token), VsecmStore.everything()))
                .isEqualTo(Kind.INVALID);
        assertThat(misuse(VsecmStore.access(safe), Reference.secret("x"))).isEqualTo(Kind.INVALID);
        assertThat(misuse(VsecmStore.access(safe), Reference.listing(""))).isEqualTo(Kind.INVALID);
        assertThat(f.safe.connections()).isZero();
    }

    private Kind misuse(Access access, Reference reference) {
        try {
            return Assertions.fail("read " + f.store.read(access, reference));
        } catch (StoreException e) {
            return e.failure().kind();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
