package io.keyferry.kubernetes.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.time.SystemTimers;
import io.keyferry.kubernetes.api.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SecretWatchTest {
    private static final Fingerprinter FINGERPRINTER = Fingerprinter.random();

    private final ScriptedApiServer server = new ScriptedApiServer();
    private final KubernetesClient client = server.client();
    private final SystemTimers timers = new SystemTimers("test");
    private final SecretIndex index = new SecretIndex();
    private final List<SecretName> told = new CopyOnWriteArrayList<>();
    private final SecretWatch watch = new SecretWatch(
            new ApiClient(client), Set.of(), index, FINGERPRINTER, timers, RandomGenerator.getDefault());

    @BeforeEach
    void listen() {
        index.listen(told::add);
    }

    @AfterEach
    void stop() {
        watch.close();
        client.close();
        server.close();
        timers.close();
    }

    private static SecretName name(String name) {
        return new SecretName("ns", name);
    }

    private static String secret(String name, int version, String value) {
        return """
                {"metadata":{"name":"%s","namespace":"ns","uid":"u","resourceVersion":"%d",\
                "labels":{"l":"1"},"annotations":{"a":"2","kubectl.kubernetes.io/last-applied-configuration":"x"},\
                "ownerReferences":[{"apiVersion":"g/v1","kind":"K","name":"o","uid":"ou","controller":true}],\
                "managedFields":[{"manager":"m","fieldsV1":{"f:data":{".":{},"f:k":{}}}}]},\
                "data":{"k":"%s","nothing":null},"type":"Opaque","immutable":false}""".formatted(name, version, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
    }

    private static String list(int version, String next, String... secrets) {
        return """
                {"kind":"SecretList","apiVersion":"v1","metadata":{"resourceVersion":"%d","continue":"%s"},"items":[%s]}""".formatted(version, next, String.join(",", secrets));
    }

    private static String event(String type, String object) {
        return "{\"type\":\"" + type + "\",\"object\":" + object + "}\n";
    }

    private void awaitValue(String name, String value) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> index.get(name(name))
                        .map(state ->
                                FINGERPRINTER.of(value).equals(state.data().get("k")))
                        .orElse(false));
    }

    @Test
    void everythingOfAllPagesIsKnownWhenItIsSynced() {
        server.willAnswer(200, list(7, "next page/1", secret("a", 3, "one")));
        server.willAnswer(200, list(7, "", secret("b", 4, "two")));
        watch.start().join();
        assertThat(watch.isSynced()).isTrue();
        assertThat(index.size()).isEqualTo(2);
        SecretState state = index.get(name("a")).orElseThrow();
        assertThat(state.data())
                .containsOnlyKeys("k", "nothing")
                .containsEntry("k", FINGERPRINTER.of("one"))
                .containsEntry("nothing", FINGERPRINTER.of(""));
        assertThat(state.labels()).containsOnlyKeys("l");
        assertThat(state.annotations()).containsOnlyKeys("a");
        assertThat(state.type()).isEqualTo("Opaque");
        assertThat(state.owners()).containsExactly(new OwnerRef("g/v1", "K", "o", "ou", true, false));
        await().until(() -> server.requests().size() == 3);
        assertThat(server.requests().get(1)).contains("continue=next+page%2F1");
        assertThat(server.requests().get(2)).contains("watch=true", "resourceVersion=7");
    }

    @Test
    void changesAreToldAndAWatchThatEndsGoesOnWhereItWas() {
        server.willAnswer(200, list(7, "", secret("a", 3, "one"), secret("b", 4, "two")));
        server.willAnswer(
                200,
                event("MODIFIED", secret("a", 8, "changed"))
                        + event("DELETED", secret("b", 9, "two"))
                        + event("BOOKMARK", "{\"kind\":\"Secret\",\"metadata\":{\"resourceVersion\":\"20\"}}"));
        server.willAnswer(200, event("ADDED", secret("c", 21, "three")));
        watch.start().join();
        awaitValue("c", "three");
        awaitValue("a", "changed");
        assertThat(index.get(name("b"))).isEmpty();
        assertThat(told).containsExactly(name("a"), name("b"), name("a"), name("b"), name("c"));
        assertThat(server.requests().get(2)).contains("resourceVersion=20");
    }

    @Test
    void whenTheWatchIsTooOldAllIsListedAndWhatWentMeanwhileIsTold() {
        server.willAnswer(200, list(7, "", secret("a", 3, "one"), secret("b", 4, "two")));
        server.willAnswer(
                200, event("ERROR", "{\"kind\":\"Status\",\"code\":410,\"message\":\"too old resource version\"}"));
        server.willAnswer(200, list(30, "", secret("a", 25, "changed")));
        watch.start().join();
        awaitValue("a", "changed");
        await().until(() -> index.get(name("b")).isEmpty());
        assertThat(told).endsWith(name("a"), name("b"));
    }

    @Test
    void whatIsKnownToBeLaterThanAListingStays() {
        server.willAnswer(200, list(7, ""));
        index.written(name("mine"), state(secret("mine", 9, "x")));
        watch.start().join();
        assertThat(index.get(name("mine"))).isPresent();
        assertThat(told).isEmpty();
    }

    @Test
    void whateverGoesWrongIsTriedAgain() {
        server.willAnswer(500, "oops");
        server.willAnswer(403, "{\"kind\":\"Status\",\"code\":403,\"message\":\"forbidden\"}");
        server.willAnswer(200, "[]");
        server.willAnswer(200, list(7, "", secret("a", 3, "one")).substring(0, 150));
        server.willAnswer(200, list(7, "", secret("a", 3, "one")));
        server.willAnswer(200, event("MODIFIED", secret("a", 8, "cut off")).substring(0, 300));
        server.willAnswer(200, list(9, "", secret("a", 8, "whole")));
        watch.start().join();
        awaitValue("a", "whole");
    }

    @Test
    void aVersionThatIsKnownIsNotReadAgain() {
        server.willAnswer(200, list(7, "", secret("a", 3, "one")));
        server.willAnswer(
                200,
                event("MODIFIED", secret("a", 3, "!").replace("\"Iw==\"", "\"not base64\""))
                        + event("ADDED", secret("b", 8, "two")));
        watch.start().join();
        awaitValue("b", "two");
        awaitValue("a", "one");
    }

    private static SecretState state(String json) {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            return SecretParser.answer(parser, FINGERPRINTER, NotePrefixes.none());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
