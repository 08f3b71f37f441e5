package io.keyferry.kubernetes.annotated;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.keyferry.kubernetes.secret.NotePrefixes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the workloads of one kind. Of each it remembers that it is there, and tells what its annotations say. */
final class WorkloadWatch<T extends HasMetadata> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkloadWatch.class);
    private static final long PAGE = 500;

    private final WorkloadKind<T> kind;
    private final NotePrefixes prefixes;
    private final Consumer<Subject> onSeen;
    private final Consumer<SubjectRef> onGone;
    private final List<SharedIndexInformer<T>> informers = new ArrayList<>();

    /**
     * @param namespaces where to watch; empty for everywhere
     * @param onSeen is told of every object that came or changed; must not block
     * @param onGone is told of every object that went; must not block
     */
    WorkloadWatch(
            KubernetesClient client,
            Set<String> namespaces,
            WorkloadKind<T> kind,
            NotePrefixes prefixes,
            Consumer<Subject> onSeen,
            Consumer<SubjectRef> onGone) {
        this.kind = kind;
        this.prefixes = prefixes;
        this.onSeen = onSeen;
        this.onGone = onGone;
        if (namespaces.isEmpty()) {
            informers.add(client.resources(kind.type())
                    .inAnyNamespace()
                    .withLimit(PAGE)
                    .runnableInformer(0));
        } else {
            namespaces.forEach(namespace -> informers.add(client.resources(kind.type())
                    .inNamespace(namespace)
                    .withLimit(PAGE)
                    .runnableInformer(0)));
        }
        informers.forEach(informer -> {
            informer.addEventHandler(new Handler());
            informer.exceptionHandler((started, failure) -> {
                LOG.warn(
                        "the watch on {} failed and is tried again: {}",
                        kind.kind().kind(),
                        failure.getMessage());
                return true;
            });
        });
    }

    /** Begins to watch; the future ends when everything that is there has been seen. */
    CompletableFuture<Void> start() {
        return CompletableFuture.allOf(informers.stream()
                .map(informer -> informer.start().toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    boolean isHealthy() {
        return informers.stream().allMatch(informer -> informer.hasSynced() && informer.isWatching());
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
    }

    private final class Handler implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            tell(object);
        }

        @Override
        public void onUpdate(T before, T after) {
            tell(after);
        }

        @Override
        public void onDelete(T object, boolean unknown) {
            onGone.accept(ref(object.getMetadata()));
        }

        private void tell(T object) {
            ObjectMeta metadata = object.getMetadata();
            Map<String, String> annotations = Objects.requireNonNullElse(metadata.getAnnotations(), Map.of());
            Subject subject = new Subject(
                    ref(metadata),
                    metadata.getUid(),
                    metadata.getCreationTimestamp(),
                    metadata.getResourceVersion(),
                    prefixes.among(annotations),
                    Objects.requireNonNullElse(metadata.getFinalizers(), List.of()),
                    Optional.ofNullable(metadata.getDeletionTimestamp()).map(Instant::parse),
                    kind.uses(object));
            kind.trim().accept(object);
            metadata.setAnnotations(Map.of());
            metadata.setLabels(Map.of());
            metadata.setManagedFields(List.of());
            onSeen.accept(subject);
        }
    }

    private SubjectRef ref(ObjectMeta metadata) {
        return new SubjectRef(kind.kind(), metadata.getNamespace(), metadata.getName());
    }
}
