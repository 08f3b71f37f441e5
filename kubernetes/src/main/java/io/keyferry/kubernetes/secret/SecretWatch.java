package io.keyferry.kubernetes.secret;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.keyferry.engine.content.Fingerprinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The one watch on Secrets, for all dialects. It hands every Secret to the index at once and keeps none. */
public final class SecretWatch implements AutoCloseable {
    private static final long PAGE = 500;

    private final KubernetesClient client;
    private final Set<String> namespaces;
    private final SecretIndex index;
    private final Fingerprinter fingerprinter;
    private final List<SharedIndexInformer<Secret>> informers = new ArrayList<>();

    /** @param namespaces where to watch; empty for everywhere */
    public SecretWatch(
            KubernetesClient client, Set<String> namespaces, SecretIndex index, Fingerprinter fingerprinter) {
        this.client = client;
        this.namespaces = Set.copyOf(namespaces);
        this.index = index;
        this.fingerprinter = fingerprinter;
    }

    /** Starts watching; the future ends when everything that is there has been seen. */
    public CompletableFuture<Void> start() {
        if (namespaces.isEmpty()) {
            informers.add(client.secrets().inAnyNamespace().withLimit(PAGE).runnableInformer(0));
        } else {
            namespaces.forEach(namespace -> informers.add(
                    client.secrets().inNamespace(namespace).withLimit(PAGE).runnableInformer(0)));
        }
        return CompletableFuture.allOf(informers.stream()
                .map(informer -> informer.itemStore(new HollowSecrets(fingerprinter, index))
                        .exceptionHandler((started, failure) -> true)
                        .start()
                        .toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    /** Whether all that is there has been seen. */
    public boolean isSynced() {
        return !informers.isEmpty() && informers.stream().allMatch(SharedIndexInformer::hasSynced);
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
    }
}
