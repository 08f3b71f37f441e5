package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.keyferry.acceptance.Crowd;
import io.keyferry.acceptance.WithOperator;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.Vault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Concrete and recursive paths, prefixes, KV versions, formats and kinds of values, hundreds of combinations, give the
 * data that a reference model gives, which knows nothing of Keyferry. All are synced at once, and each is reported by its name.
 */
@WithOperator
class CombinationsTest {
    private static final List<String> PREFIXES = List.of("", "p", "p/", "a/b", "a/b/");
    private static final List<String> FORMATS = List.of("env", "json", "yaml");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** One VaultSecret; the sample's number names its folder. */
    private record Combination(World world, int sample, boolean recursive, String prefix, String format) {
        String path() {
            return recursive ? "s" + sample + "/*" : "s" + sample + "/app";
        }

        String title() {
            return "KV %d, %s, prefix '%s', %s: %s"
                    .formatted(
                            world.mount.version(),
                            recursive ? "recursive" : "concrete",
                            prefix,
                            format,
                            Sample.ALL.get(sample).name());
        }

        Map<String, ?> spec() {
            return Map.of(
                    "paths", List.of(world.path(path(), prefix)), "targetFormat", format, "reconcilePeriod", "1h");
        }
    }

    private final Map<String, Combination> combinations = new LinkedHashMap<>();
    private final Map<String, Map<String, @Nullable Object>> stored = new HashMap<>();

    CombinationsTest(World two, Vault vault) {
        for (World world : List.of(two.with(vault.newMount(1)), two)) {
            for (int sample = 0; sample < Sample.ALL.size(); sample++) {
                addAll(world, sample);
                Sample value = Sample.ALL.get(sample);
                put(world, "s" + sample + "/app", Map.of("k10", "ten", "k9", "nine", "value", value));
                put(world, "s" + sample + "/sub/db", Map.of("value", value));
            }
        }
    }

    /** All prefixes, kinds and formats meet, and every kind of value meets two of five prefixes in each format. */
    private void addAll(World world, int sample) {
        for (int format = 0; format < FORMATS.size(); format++) {
            for (int prefix = 0; prefix < PREFIXES.size(); prefix++) {
                if ((sample + prefix + format) % PREFIXES.size() < 2) {
                    add(new Combination(world, sample, false, PREFIXES.get(prefix), FORMATS.get(format)));
                    add(new Combination(world, sample, true, PREFIXES.get(prefix), FORMATS.get(format)));
                }
            }
        }
    }

    private void add(Combination combination) {
        combinations.put("c" + combinations.size(), combination);
    }

    private void put(World world, String path, Map<String, ?> secret) {
        world.mount.put(path, secret);
        stored.put(world.mount.path(path), readBack(world, path));
    }

    /** A KV 2 engine may have turned numbers into others: what it returns is what counts. */
    private static Map<String, @Nullable Object> readBack(World world, String path) {
        boolean two = world.mount.version() == 2;
        String api = world.mount.name() + (two ? "/data/" : "/") + path;
        HttpRequest request = HttpRequest.newBuilder(URI.create(world.vault.directAddress() + "/v1/" + api))
                .header("X-Vault-Token", world.vault.rootToken())
                .build();
        try {
            String answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                    .body();
            Map<String, @Nullable Object> data = member(ReferenceModel.secret(answer), "data");
            return two ? member(data, "data") : data;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> member(Map<String, @Nullable Object> object, String name) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(object.get(name));
    }

    @TestFactory
    Stream<DynamicTest> theSecretHoldsWhatTheModelSays(World world) throws InterruptedException {
        List<Map.Entry<String, Combination>> all = new ArrayList<>(combinations.entrySet());
        Crowd.of(
                all.size(),
                i -> world.create(all.get(i).getKey(), all.get(i).getValue().spec()));
        await("all Secrets")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> world.secrets().size() == all.size());
        Map<String, Secret> secrets = new HashMap<>();
        world.secrets().forEach(secret -> secrets.put(secret.getMetadata().getName(), secret));
        return all.stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getValue().title(), () -> compare(entry.getValue(), data(secrets.get(entry.getKey())))));
    }

    private static Map<String, String> data(@Nullable Secret secret) {
        Map<String, String> data = new TreeMap<>();
        Map<String, String> encoded = Objects.requireNonNull(secret).getData();
        (encoded == null ? Map.<String, String>of() : encoded)
                .forEach((key, value) ->
                        data.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        return data;
    }

    private void compare(Combination combination, Map<String, String> data) {
        ReferenceModel model = model(combination);
        switch (combination.format()) {
            case "env" -> assertThat(data).isEqualTo(model.env());
            case "json" -> assertThat(data).isEqualTo(Map.of("secrets.json", model.json()));
            default -> {
                assertThat(data).containsOnlyKeys("secrets.yaml");
                String yaml = Objects.requireNonNull(data.get("secrets.yaml"));
                YamlModel.print(model.tree()).ifPresent(text -> assertThat(yaml).isEqualTo(text));
                assertThat(new Load(LoadSettings.builder().build()).loadFromString(yaml))
                        .isEqualTo(ReferenceModel.withNumbersAsText(model.tree()));
            }
        }
    }

    private ReferenceModel model(Combination combination) {
        ReferenceModel model = new ReferenceModel();
        String folder = "s" + combination.sample() + "/";
        if (combination.recursive()) {
            model.addBelow(combination.prefix(), "app", secret(combination, folder + "app"));
            model.addBelow(combination.prefix(), "sub/db", secret(combination, folder + "sub/db"));
        } else {
            model.addConcrete(combination.prefix(), secret(combination, folder + "app"));
        }
        return model;
    }

    private Map<String, @Nullable Object> secret(Combination combination, String path) {
        return Objects.requireNonNull(stored.get(combination.world().mount.path(path)));
    }
}
