package io.keyferry.kubernetes.secret;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.target.Change;
import io.keyferry.engine.target.DataPolicy;
import io.keyferry.engine.target.Differ;
import io.keyferry.engine.target.Observed;
import io.keyferry.engine.target.RemovableTarget;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.WriteGate;
import io.keyferry.testkit.Cluster;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A Secret on a real API server, which a target writes and somebody else edits. */
final class SecretOnServer {
    private final Fingerprinter fingerprinter = Fingerprinter.random();
    private final Differ differ = new Differ(fingerprinter);
    private final Cluster cluster;
    private final SecretName name;
    private final SecretTargets targets;

    SecretOnServer(Cluster cluster) {
        this.cluster = cluster;
        name = new SecretName(cluster.newNamespace(), "app");
        targets = new SecretTargets(
                new ApiClient(cluster.client()),
                new WriteGate(4, TimeSource.system()),
                new SecretIndex(),
                fingerprinter);
    }

    RemovableTarget target(DataPolicy policy, Optional<OwnerRef> owner) {
        return targets.target(new SecretTargetSpec(name, owner, policy));
    }

    Change change(RemovableTarget target, Observed observed, Map<String, String> data, Map<String, String> labels) {
        Map<String, SecretValue> values = new TreeMap<>();
        data.forEach((key, value) -> values.put(key, SecretValue.utf8(value)));
        SecretContent content = new SecretContent(values, labels, Map.of(), "Opaque", false, List.of());
        return differ.between(observed, content, target.owner(), target.dataPolicy());
    }

    void editAsSomebodyElse(UnaryOperator<SecretBuilder> edit) {
        cluster.client()
                .secrets()
                .inNamespace(name.namespace())
                .withName(name.name())
                .edit(secret -> edit.apply(new SecretBuilder(secret)).build());
    }

    /** Null if there is none. */
    @Nullable
    Secret secret() {
        return cluster.client()
                .secrets()
                .inNamespace(name.namespace())
                .withName(name.name())
                .get();
    }

    /** Its entries as text; none if there is no Secret. */
    Map<String, String> data() {
        Map<String, String> data = new TreeMap<>();
        Secret secret = secret();
        if (secret != null && secret.getData() != null) {
            secret.getData()
                    .forEach((key, value) ->
                            data.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        }
        return data;
    }
}
