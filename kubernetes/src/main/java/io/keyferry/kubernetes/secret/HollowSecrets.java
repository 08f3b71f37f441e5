package io.keyferry.kubernetes.secret;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.keyferry.engine.content.Fingerprinter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An informer's store that passes every Secret on to the index and keeps names and versions only. */
final class HollowSecrets implements ItemStore<Secret> {
    private record Hollow(SecretName name, String version) {
        Secret secret() {
            return new SecretBuilder()
                    .withMetadata(new ObjectMetaBuilder()
                            .withNamespace(name.namespace())
                            .withName(name.name())
                            .withResourceVersion(version)
                            .build())
                    .build();
        }
    }

    private final Map<String, Hollow> items = new ConcurrentHashMap<>();
    private final Fingerprinter fingerprinter;
    private final SecretIndex index;

    HollowSecrets(Fingerprinter fingerprinter, SecretIndex index) {
        this.fingerprinter = fingerprinter;
        this.index = index;
    }

    @Override
    public String getKey(Secret secret) {
        return Cache.metaNamespaceKeyFunc(secret);
    }

    @Override
    public @Nullable Secret put(String key, Secret secret) {
        SecretName name = new SecretName(
                secret.getMetadata().getNamespace(), secret.getMetadata().getName());
        Hollow before = items.put(key, new Hollow(name, secret.getMetadata().getResourceVersion()));
        index.watched(name, SecretState.of(secret, fingerprinter));
        return before == null ? null : before.secret();
    }

    @Override
    public @Nullable Secret remove(String key) {
        Hollow before = items.remove(key);
        if (before != null) {
            index.vanished(before.name());
        }
        return before == null ? null : before.secret();
    }

    @Override
    public Stream<String> keySet() {
        return items.keySet().stream();
    }

    @Override
    public Stream<Secret> values() {
        return items.values().stream().map(Hollow::secret);
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public @Nullable Secret get(String key) {
        Hollow item = items.get(key);
        return item == null ? null : item.secret();
    }

    @Override
    public boolean isFullState() {
        return false;
    }
}
