package io.keyferry.kubernetes.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.keyferry.engine.target.Change;
import io.keyferry.engine.target.DataPolicy;
import io.keyferry.engine.target.LockLostException;
import io.keyferry.engine.target.Observed;
import io.keyferry.engine.target.RemovableTarget;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.RealParts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A Secret of which others write parts too: ours are applied, dropped and owned, theirs stay. */
@RealParts
class AppliedSecretOnRealServerTest {
    private final SecretOnServer server;

    AppliedSecretOnRealServerTest(Cluster cluster) {
        server = new SecretOnServer(cluster);
    }

    private RemovableTarget target(Optional<OwnerRef> owner) {
        return server.target(DataPolicy.OWN, owner);
    }

    private Change change(RemovableTarget target, Observed observed, String... keys) {
        Map<String, String> data = new HashMap<>();
        Map<String, String> labels = new HashMap<>();
        for (String key : keys) {
            data.put(key, "value of " + key);
            labels.put(key, key);
        }
        return server.change(target, observed, data, labels);
    }

    private void apply(Optional<OwnerRef> owner, String... keys) throws Exception {
        RemovableTarget target = target(owner);
        target.apply(change(target, target.observeFresh(), keys));
    }

    private void writeAsSomebodyElse(String key, String value) {
        server.editAsSomebodyElse(secret -> secret.addToStringData(key, value)
                .editMetadata()
                .addToLabels(key, key)
                .endMetadata());
    }

    private OwnerRef owner() {
        return OwnerRef.controlling("example.com/v1", "Thing", "app", "0b4a2c1e-9d3f-4e0a-8f52-6a7b8c9d0e1f");
    }

    @Test
    void whatIsDroppedGoesAndWhatOthersWroteStays() throws Exception {
        apply(Optional.empty(), "a", "b");
        writeAsSomebodyElse("theirs", "x");
        apply(Optional.empty(), "a");
        assertThat(server.data()).isEqualTo(Map.of("a", "value of a", "theirs", "x"));
        assertThat(server.secret())
                .isNotNull()
                .extracting(secret -> secret.getMetadata().getLabels())
                .isEqualTo(Map.of("a", "a", "theirs", "theirs"));
    }

    @Test
    void anEditOfOursIsUndoneAndThenThereIsNothingToDo() throws Exception {
        apply(Optional.empty(), "a");
        writeAsSomebodyElse("a", "edited");
        apply(Optional.empty(), "a");
        assertThat(server.data()).isEqualTo(Map.of("a", "value of a"));
        RemovableTarget target = target(Optional.empty());
        assertThat(change(target, target.observeFresh(), "a").isNothing()).isTrue();
    }

    @Test
    void anOwnerComesAndGoesAsItIsWanted() throws Exception {
        apply(Optional.of(owner()), "a");
        assertThat(owners()).extracting(OwnerReference::getUid).containsExactly(owner().uid());
        apply(Optional.empty(), "a");
        assertThat(owners()).isEmpty();
        assertThat(server.data()).isEqualTo(Map.of("a", "value of a"));
    }

    private List<OwnerReference> owners() {
        Secret secret = server.secret();
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
        assertThat(server.data()).isEqualTo(Map.of("a", "value of a", "theirs", "x"));
        target.remove(Change.removal(target.observeFresh()));
        assertThat(server.secret()).isNull();
    }
}
