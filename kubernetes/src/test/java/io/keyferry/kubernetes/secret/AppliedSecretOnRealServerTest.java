package io.keyferry.kubernetes.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.target.Change;
import io.keyferry.engine.target.DataPolicy;
import io.keyferry.engine.target.Differ;
import io.keyferry.engine.target.LockLostException;
import io.keyferry.engine.target.Observed;
import io.keyferry.engine.target.RemovableTarget;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.WriteGate;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.RealParts;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A Secret of which others write parts too: ours are applied, dropped and owned, theirs stay. */
@RealParts
class AppliedSecretOnRealServerTest {
    private final Fingerprinter fingerprinter = Fingerprinter.random();
    private final Differ differ = new Differ(fingerprinter);
    private final Cluster cluster;
    private final SecretName name;
    private final SecretTargets targets;

    AppliedSecretOnRealServerTest(Cluster cluster) {
        this.cluster = cluster;
        name = new SecretName(cluster.newNamespace(), "app");
        targets = new SecretTargets(
                new ApiClient(cluster.client()),
                new WriteGate(4, TimeSource.system()),
                new SecretIndex(),
                fingerprinter);
    }

    private RemovableTarget target(Optional<OwnerRef> owner) {
        return targets.target(new SecretTargetSpec(name, owner, DataPolicy.OWN));
    }

    private Change change(RemovableTarget target, Observed observed, String... keys) {
        Map<String, SecretValue> data = new HashMap<>();
        Map<String, String> labels = new HashMap<>();
        for (String key : keys) {
            data.put(key, SecretValue.utf8("value of " + key));
            labels.put(key, key);
        }
        SecretContent content = new SecretContent(data, labels, Map.of(), "Opaque", false, List.of());
        return differ.between(observed, content, target.owner(), target.dataPolicy());
    }

    private void apply(Optional<OwnerRef> owner, String... keys) throws Exception {
        RemovableTarget target = target(owner);
        target.apply(change(target, target.observeFresh(), keys));
    }

    private @Nullable Secret secret() {
        return cluster.client()
                .secrets()
                .inNamespace(name.namespace())
                .withName(name.name())
                .get();
    }

    private Map<String, String> data() {
        Map<String, String> data = new HashMap<>();
        Secret secret = secret();
        if (secret != null && secret.getData() != null) {
            secret.getData()
                    .forEach((key, value) ->
                            data.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        }
        return data;
    }

    private void writeAsSomebodyElse(String key, String value) {
        cluster.client()
                .secrets()
                .inNamespace(name.namespace())
                .withName(name.name())
                .edit(secret -> new SecretBuilder(secret)
                        .addToStringData(key, value)
                        .editMetadata()
                        .addToLabels(key, key)
                        .endMetadata()
                        .build());
    }

    private OwnerRef owner() {
        return OwnerRef.controlling("example.com/v1", "Thing", "app", "0b4a2c1e-9d3f-4e0a-8f52-6a7b8c9d0e1f");
    }

    @Test
    void whatIsDroppedGoesAndWhatOthersWroteStays() throws Exception {
        apply(Optional.empty(), "a", "b");
        writeAsSomebodyElse("theirs", "x");
        apply(Optional.empty(), "a");
        assertThat(data()).isEqualTo(Map.of("a", "value of a", "theirs", "x"));
        assertThat(secret())
                .isNotNull()
                .extracting(secret -> secret.getMetadata().getLabels())
                .isEqualTo(Map.of("a", "a", "theirs", "theirs"));
    }

    @Test
    void anEditOfOursIsUndoneAndThenThereIsNothingToDo() throws Exception {
        apply(Optional.empty(), "a");
        writeAsSomebodyElse("a", "edited");
        apply(Optional.empty(), "a");
        assertThat(data()).isEqualTo(Map.of("a", "value of a"));
        RemovableTarget target = target(Optional.empty());
        assertThat(change(target, target.observeFresh(), "a").isNothing()).isTrue();
    }

    @Test
    void anOwnerComesAndGoesAsItIsWanted() throws Exception {
        apply(Optional.of(owner()), "a");
        assertThat(owners()).extracting(OwnerReference::getUid).containsExactly(owner().uid());
        apply(Optional.empty(), "a");
        assertThat(owners()).isEmpty();
        assertThat(data()).isEqualTo(Map.of("a", "value of a"));
    }

    private List<OwnerReference> owners() {
        Secret secret = secret();
        return secret == null ? List.of() : secret.getMetadata().getOwnerReferences();
    }

    @Test
    void whatWasWrittenSinceItWasObservedIsNeitherAppliedToNorRemoved() throws Exception {
        apply(Optional.empty(), "a");
        RemovableTarget target = target(Optional.empty());
        Observed observed = target.observeFresh();
        writeAsSomebodyElse("theirs", "x");
        Change change = change(target, observed, "a", "b");
        assertThatThrownBy(() -> target.apply(change)).isInstanceOf(LockLostException.class);
        assertThatThrownBy(() -> target.remove(Change.removal(observed))).isInstanceOf(LockLostException.class);
        assertThat(data()).isEqualTo(Map.of("a", "value of a", "theirs", "x"));
        target.remove(Change.removal(target.observeFresh()));
        assertThat(secret()).isNull();
    }
}
