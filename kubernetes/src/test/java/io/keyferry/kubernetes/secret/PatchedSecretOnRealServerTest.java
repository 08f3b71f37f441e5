package io.keyferry.kubernetes.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.keyferry.engine.target.Change;
import io.keyferry.engine.target.DataPolicy;
import io.keyferry.engine.target.LockLostException;
import io.keyferry.engine.target.Observed;
import io.keyferry.engine.target.RemovableTarget;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.RealParts;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Secret that is written as a whole, or of which only what the content names is: entries that others wrote go, or stay. */
@RealParts
class PatchedSecretOnRealServerTest {
    private static final String FINALIZER = "example.com/keep";

    private final SecretOnServer server;

    PatchedSecretOnRealServerTest(Cluster cluster) {
        server = new SecretOnServer(cluster);
    }

    private RemovableTarget target(DataPolicy policy) {
        return server.target(policy, Optional.empty());
    }

    private Change change(RemovableTarget target, Observed observed, Map<String, String> data) {
        return server.change(target, observed, data, Map.of());
    }

    private void apply(DataPolicy policy, Map<String, String> data) throws Exception {
        RemovableTarget target = target(policy);
        target.apply(change(target, target.observeFresh(), data));
    }

    private ObjectMeta metadata() {
        return Objects.requireNonNull(server.secret()).getMetadata();
    }

    @ParameterizedTest
    @EnumSource(
            value = DataPolicy.class,
            names = {"REPLACE", "MERGE"})
    void entriesOfOthersGoOrStayAndTheirMetadataStays(DataPolicy policy) throws Exception {
        apply(policy, Map.of("a", "1", "b", "2"));
        server.editAsSomebodyElse(secret -> secret.addToStringData("theirs", "x")
                .addToStringData("a", "edited")
                .editMetadata()
                .addToLabels("team", "red")
                .addToFinalizers(FINALIZER)
                .endMetadata());
        try {
            Map<String, String> wanted = Map.of("a", "1", "b", "3");
            apply(policy, wanted);
            Map<String, String> data = new TreeMap<>(wanted);
            if (policy == DataPolicy.MERGE) {
                data.put("theirs", "x");
            }
            assertThat(server.data()).isEqualTo(data);
            assertThat(metadata().getLabels()).isEqualTo(Map.of("team", "red"));
            assertThat(metadata().getFinalizers()).containsExactly(FINALIZER);
            RemovableTarget target = target(policy);
            assertThat(change(target, target.observeFresh(), wanted).isNothing())
                    .isTrue();
        } finally {
            server.editAsSomebodyElse(secret ->
                    secret.editMetadata().removeFromFinalizers(FINALIZER).endMetadata());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataPolicy.class,
            names = {"REPLACE", "MERGE"})
    void whatWasWrittenSinceItWasObservedIsNotWrittenOver(DataPolicy policy) throws Exception {
        apply(policy, Map.of("a", "1"));
        RemovableTarget target = target(policy);
        Observed observed = target.observeFresh();
        server.editAsSomebodyElse(secret -> secret.addToStringData("a", "edited"));
        Change change = change(target, observed, Map.of("a", "2"));
        assertThatThrownBy(() -> target.apply(change)).isInstanceOf(LockLostException.class);
        assertThat(server.data()).isEqualTo(Map.of("a", "edited"));
        apply(policy, Map.of("a", "2"));
        assertThat(server.data()).isEqualTo(Map.of("a", "2"));
    }
}
