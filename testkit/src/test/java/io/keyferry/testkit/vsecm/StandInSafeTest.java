package io.keyferry.testkit.vsecm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyferry.testkit.vsecm.SafeCaller.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row and oddity of Safe's HTTP API. */
class StandInSafeTest {
    private static final String WORKLOAD = "/workload/v1/secrets";
    private static final String SENTINEL = "/sentinel/v1/secrets";
    private static final String KEYS = "/sentinel/v1/keys";
    private static final String KEYSTONE = "/sentinel/v1/keystone";
    private static final Answer REJECTED = new Answer(400, "", "");
    private static final Answer OK = new Answer(200, "", "OK");
    private static final Answer NOTHING = new Answer(200, "", "");

    private final TestAuthority authority = new TestAuthority("authority");
    private final StandInSafe safe = StandInSafe.start(authority);

    @AfterEach
    void stop() {
        safe.close();
    }

    @Test
    void givesAWorkloadItsSecretInAnEnvelope() throws Exception {
        safe.put("billing", "{\"k\":\"a&b<c>\"}");
        Answer answer = as("billing").get(WORKLOAD);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head()).contains("Content-Type: text/plain");
        assertThat(answer.body())
                .startsWith("{\"data\":\"{\\\"k\\\":\\\"a\\u0026b\\u003cc\\u003e\\\"}\",\"created\":\"\\\"")
                .doesNotContain("err", "&", "<", ">");
        for (String time : List.of("created", "updated")) {
            assertThat(json(answer).get(time).asText())
                    .matches("\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\"");
        }
    }

    @Test
    void hasNothingForAWorkloadWithoutSecret() throws Exception {
        safe.put("billing", "x");
        assertThat(plain(as("other").get(WORKLOAD))).isEqualTo(new Answer(404, "", ""));
        assertThat(plain(as("vsecm-scout").get(WORKLOAD))).isEqualTo(new Answer(404, "", ""));
    }

    @Test
    void servesWhatHasExpiredAndWhatIsNotYetValid() throws Exception {
        safe.put("billing", "x", List.of("a"), "2999-01-01T00:00:00Z", "2001-01-01T00:00:00Z");
        assertThat(as("billing").get(WORKLOAD).status()).isEqualTo(200);
    }

    @Test
    void tearsTheConnectionOfAPostToTheWorkloadsRouteAndSurvives() throws Exception {
        safe.put("billing", "x");
        assertThatThrownBy(() -> as("billing").call("POST", WORKLOAD, "{}")).isInstanceOf(IOException.class);
        assertThat(as("billing").get(WORKLOAD).status()).isEqualTo(200);
    }

    @Test
    void givesScoutASoleRawSecretBareAndSeveralAsAnArrayInRandomOrder() throws Exception {
        safe.put("billing", "no raw secret");
        safe.put("raw:a", "{\"k\":1}");
        JsonNode sole = json(as("vsecm-scout").get(WORKLOAD));
        assertThat(sole.get("data").asText()).isEqualTo("{\"k\":1}");
        assertThat(sole.get("created").asText()).isEmpty();
        assertThat(sole.get("updated").asText()).isEmpty();

        safe.put("raw:b", "x", List.of("n1", "n2"), "2026-01-01T00:00:00Z", "never");
        safe.put("raw:c", "x");
        Set<String> orders = new HashSet<>();
        for (int i = 0; i < 200 && orders.size() < 2; i++) {
            JsonNode envelope = json(as("vsecm-scout").get(WORKLOAD));
            assertThat(envelope.get("created").asText()).isEmpty();
            StringBuilder order = new StringBuilder();
            parsed(envelope.get("data").asText()).forEach(each -> {
                order.append(each.get("name").asText());
                assertThat(each.properties())
                        .extracting(member -> member.getKey())
                        .containsExactly(
                                "name",
                                "value",
                                "valueTransformed",
                                "meta",
                                "created",
                                "updated",
                                "notBefore",
                                "expiresAfter");
                assertThat(each.get("meta").properties())
                        .extracting(member -> member.getKey())
                        .containsExactly("namespaces", "template", "Format", "correlationId");
                if (each.get("name").asText().equals("raw:b")) {
                    assertThat(each.get("meta").get("namespaces")).hasToString("[\"n1\",\"n2\"]");
                    assertThat(each.get("notBefore").asText()).isEqualTo("2026-01-01T00:00:00Z");
                    assertThat(each.get("expiresAfter").asText()).startsWith("9999-12-31T");
                }
            });
            orders.add(order.toString());
        }
        assertThat(orders).hasSizeGreaterThan(1);
    }

    @Test
    void takesAnybodyNamedScoutForScoutWhenReadingButNotWhenWriting() throws Exception {
        safe.put("raw:a", "x");
        SafeCaller impostor = with("spiffe://vsecm.com/workload/vsecm-scout/ns/evil/sa/evil/n/pod");
        assertThat(impostor.get(WORKLOAD).status()).isEqualTo(200);
        assertThat(plain(impostor.call("POST", SENTINEL, write("w", "x")))).isEqualTo(REJECTED);
        assertThat(plain(as("vsecm-scout").call("POST", SENTINEL, write("w", "x"))))
                .isEqualTo(OK);
    }

    @ParameterizedTest
    @CsvSource({
        "billing,GET,/sentinel/v1/secrets",
        "vsecm-scout,GET,/sentinel/v1/secrets",
        "vsecm-scout,DELETE,/sentinel/v1/secrets",
        "vsecm-scout,POST,/sentinel/v1/keys",
        "vsecm-scout,GET,/sentinel/v1/keystone",
        "vsecm-safe,POST,/sentinel/v1/secrets",
        "billing,POST,/sentinel/v1/secrets",
        "billing,GET,/sentinel/v1/keystone",
        "vsecm-sentinel,GET,/nowhere",
        "vsecm-sentinel,PUT,/sentinel/v1/secrets",
        "vsecm-sentinel,GET,/workload/v2/secrets",
        "vsecm-sentinel,GET,/",
    })
    void rejectsWrongCallersAndUnknownRoutesAlike(String name, String method, String target) throws Exception {
        assertThat(plain(as(name).call(method, target, write("w", "x")))).isEqualTo(REJECTED);
    }

    @Test
    void rejectsClerkAlthoughItIsMeantToWriteRawSecrets() throws Exception {
        SafeCaller clerk = with("spiffe://vsecm.com/workload/vsecm-clerk/ns/default/sa/vsecm-clerk/n/pod");
        assertThat(plain(clerk.call("POST", SENTINEL, write("raw:a", "x")))).isEqualTo(REJECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "x"})
    void rejectsBadBodies(String body) throws Exception {
        assertThat(as("vsecm-sentinel").call("POST", SENTINEL, body).status()).isEqualTo(400);
        assertThat(as("vsecm-sentinel").call("DELETE", SENTINEL, body).status()).isEqualTo(400);
    }

    @Test
    void listsAndRevealsOnlyByAPercentEncodedQuestionMark() throws Exception {
        safe.put("billing", "hunter2");
        Answer listed = as("vsecm-sentinel").get(SENTINEL);
        assertThat(json(listed).properties())
                .extracting(member -> member.getKey())
                .containsExactly("secrets");
        assertThat(json(listed).get("secrets").get(0).properties())
                .extracting(member -> member.getKey())
                .containsExactly("name", "created", "updated", "notBefore", "expiresAfter");
        assertThat(plain(as("vsecm-sentinel").get(SENTINEL + "?reveal=true"))).isEqualTo(plain(listed));

        JsonNode revealed = json(as("vsecm-sentinel").get(SENTINEL + "%3Freveal=true"));
        assertThat(revealed.get("algorithm").asText()).isIn("age", "aes");
        String ciphertext = revealed.get("secrets").get(0).get("value").asText();
        assertThat(ciphertext).matches("[A-Za-z0-9+/]+=*");
        assertThat(revealed.toString()).doesNotContain("hunter2");
    }

    @Test
    void saysOkOnceForEachWorkload() throws Exception {
        String two = "{\"workloads\":[\"a\",\"b\"],\"value\":\"x\"}";
        assertThat(plain(as("vsecm-sentinel").call("POST", SENTINEL, two))).isEqualTo(new Answer(200, "", "OKOK"));
        assertThat(json(as("b").get(WORKLOAD)).get("data").asText()).isEqualTo("x");
    }

    @Test
    void anEmptyValueChangesNothing() throws Exception {
        safe.put("billing", "x");
        assertThat(as("vsecm-sentinel")
                        .call("POST", SENTINEL, write("billing", ""))
                        .status())
                .isEqualTo(200);
        assertThat(json(as("billing").get(WORKLOAD)).get("data").asText()).isEqualTo("x");
    }

    @Test
    void encryptsWithoutWorkloadsAndDecryptsWithThem() throws Exception {
        SafeCaller sentinel = as("vsecm-sentinel");
        assertThat(plain(sentinel.call("POST", SENTINEL, "{\"value\":\"x\"}"))).isEqualTo(NOTHING);
        assertThat(json(sentinel.get(SENTINEL)).get("secrets")).isEmpty();
        String ciphertext = sentinel.call("POST", SENTINEL, "{\"value\":\"hunter2\",\"encrypt\":true}")
                .body();
        assertThat(ciphertext).matches("[A-Za-z0-9+/]+=*");
        String write = "{\"workloads\":[\"billing\"],\"encrypt\":true,\"value\":\"%s\"}";
        assertThat(plain(sentinel.call("POST", SENTINEL, write.formatted(ciphertext))))
                .isEqualTo(OK);
        assertThat(json(as("billing").get(WORKLOAD)).get("data").asText()).isEqualTo("hunter2");
        assertThat(sentinel.call("POST", SENTINEL, write.formatted("AAAA")).status())
                .isEqualTo(500);
    }

    @Test
    void takesBadTimesForNowAndNever() throws Exception {
        safe.put("raw:a", "x", List.of(), "banana", "banana");
        safe.put("raw:b", "x");
        parsed(json(as("vsecm-scout").get(WORKLOAD)).get("data").asText()).forEach(each -> {
            assertThat(Instant.parse(each.get("notBefore").asText()))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now());
            assertThat(each.get("expiresAfter").asText()).startsWith("9999-12-31T");
            assertThat(each.get("meta").get("namespaces")).hasToString("[\"default\"]");
        });
    }

    @Test
    void deletesWhatIsThereAndWhatIsNot() throws Exception {
        safe.put("billing", "x");
        SafeCaller sentinel = as("vsecm-sentinel");
        String billing = "{\"workloads\":[\"billing\"]}";
        assertThat(plain(sentinel.call("DELETE", SENTINEL, billing))).isEqualTo(OK);
        assertThat(plain(sentinel.call("DELETE", SENTINEL, billing))).isEqualTo(OK);
        assertThat(plain(sentinel.call("DELETE", SENTINEL, "{\"workloads\":[]}")))
                .isEqualTo(NOTHING);
        assertThat(as("billing").get(WORKLOAD).status()).isEqualTo(404);
    }

    @Test
    void transformsByATemplateUnlessThereIsACommaInAValue() throws Exception {
        SafeCaller sentinel = as("vsecm-sentinel");
        String request =
                "{\"workloads\":[\"billing\"],\"value\":\"{\\\"u\\\":\\\"%s\\\"}\",\"template\":\"{\\\"user\\\":\\\"{{.u}}\\\"}\",\"format\":\"json\"}";
        sentinel.call("POST", SENTINEL, request.formatted("x"));
        assertThat(json(as("billing").get(WORKLOAD)).get("data").asText()).isEqualTo("{\"user\":\"x\"}");
        sentinel.call("POST", SENTINEL, request.formatted("x,y"));
        assertThat(json(as("billing").get(WORKLOAD)).get("data").asText()).isEqualTo("{\"u\":\"x,y\"}");
    }

    @Test
    void withoutRootKeyNearlyEverythingIs400UntilKeysCome() throws Exception {
        safe.put("billing", "x");
        safe.rootKey(false);
        SafeCaller sentinel = as("vsecm-sentinel");
        assertThat(plain(as("billing").get(WORKLOAD))).isEqualTo(REJECTED);
        assertThat(plain(sentinel.get(SENTINEL))).isEqualTo(REJECTED);
        assertThat(plain(sentinel.get(KEYSTONE))).isEqualTo(REJECTED);
        assertThat(plain(sentinel.call("POST", SENTINEL, write("w", "x")))).isEqualTo(new Answer(400, "", "NOK!"));

        String keys = "{\"ageSecretKey\":\"a\",\"agePublicKey\":\"b\",\"aesCipherKey\":\"%s\"}";
        assertThat(plain(sentinel.call("POST", KEYS, keys.formatted("")))).isEqualTo(NOTHING);
        assertThat(as("billing").get(WORKLOAD).status()).isEqualTo(400);
        assertThat(plain(sentinel.call("POST", KEYS, keys.formatted("c")))).isEqualTo(OK);
        assertThat(as("billing").get(WORKLOAD).status()).isEqualTo(200);
    }

    @Test
    void keystoneIsPendingAndThenReady() throws Exception {
        assertThat(as("vsecm-sentinel").get(KEYSTONE).body()).isEqualTo("{\"status\":\"pending\"}");
        safe.initialised(true);
        assertThat(as("vsecm-sentinel").get(KEYSTONE).body()).isEqualTo("{\"status\":\"ready\"}");
    }

    @Test
    void hasTroubleOnDemand() throws Exception {
        safe.notReady();
        assertThat(plain(as("billing").get(WORKLOAD))).isEqualTo(new Answer(503, "", "NOK!"));
        safe.broken();
        assertThat(as("billing").get(WORKLOAD).status()).isEqualTo(500);
        safe.heal();
        assertThat(as("billing").get(WORKLOAD).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spiffe://vsecm.com/billing",
                "spiffe://other.com/workload/a/ns/b/sa/c/n/d",
                "spiffe://vsecm.com/workload/a/ns/b/sa/c/n/d/e",
                "spiffe://vsecm.com/workload/a/ns/b/sa/c",
            })
    void letsNobodyInWhoIsNoWorkload(String id) {
        assertThatThrownBy(() -> with(id).get(WORKLOAD)).isInstanceOf(IOException.class);
        assertThat(safe.requests()).isEmpty();
    }

    @Test
    void letsNobodyInWhoseSvidHasExpiredOrIsForeign() {
        Instant now = Instant.now();
        TestSvid expired = authority.issue(id("billing"), now.minusSeconds(60), now.minusSeconds(1));
        assertThatThrownBy(() -> new SafeCaller(safe, expired).get(WORKLOAD)).isInstanceOf(IOException.class);
        TestSvid foreign = new TestAuthority("authority").issue(id("billing")).trusting(authority.certificate());
        assertThatThrownBy(() -> new SafeCaller(safe, foreign).get(WORKLOAD)).isInstanceOf(IOException.class);
        assertThat(safe.requests()).isEmpty();
    }

    @Test
    void speaksTls12AsWell() throws Exception {
        safe.put("billing", "x");
        SafeCaller old = new SafeCaller(safe.address(), authority.issue(id("billing")), "TLSv1.2");
        assertThat(old.get(WORKLOAD).status()).isEqualTo(200);
    }

    @Test
    void remembersWhoAskedForWhat() throws Exception {
        TestSvid svid = authority.issue(id("billing"));
        new SafeCaller(safe, svid).get(WORKLOAD + "?x=1");
        assertThat(safe.requests())
                .containsExactly(new SafeRequest("GET", WORKLOAD + "?x=1", id("billing"), svid.serial()));
    }

    @Test
    void tellsByPlainHttpThatItLives() throws Exception {
        for (URI probe : List.of(safe.liveProbe(), safe.readyProbe())) {
            try (var in = probe.toURL().openStream()) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
                        .isEqualTo("OK");
            }
        }
    }

    private SafeCaller as(String name) {
        return with(id(name));
    }

    private SafeCaller with(String id) {
        return new SafeCaller(safe, authority.issue(id));
    }

    private static String id(String name) {
        return "spiffe://vsecm.com/workload/%s/ns/vsecm-system/sa/%s/n/pod".formatted(name, name);
    }

    private static String write(String name, String value) {
        return "{\"workloads\":[\"%s\"],\"value\":\"%s\"}".formatted(name, value);
    }

    private static Answer plain(Answer answer) {
        return new Answer(answer.status(), "", answer.body());
    }

    private static JsonNode json(Answer answer) {
        return parsed(answer.body());
    }

    private static JsonNode parsed(String text) {
        return GoJson.read(text).orElseThrow();
    }
}
