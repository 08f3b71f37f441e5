package io.keyferry.kubernetes.namespace;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches namespaces, and tells of those whose labels or annotations changed, that came or that went. */
public final class NamespaceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NamespaceWatch.class);

    private final SharedIndexInformer<Namespace> informer;

    /** @param listener is told the name; must not block */
    public NamespaceWatch(KubernetesClient client, Consumer<String> listener) {
        informer = client.namespaces().runnableInformer(0);
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Namespace namespace) {
                listener.accept(namespace.getMetadata().getName());
            }

            @Override
            public void onUpdate(Namespace before, Namespace after) {
                if (!says(before).equals(says(after))) {
                    listener.accept(after.getMetadata().getName());
                }
            }

            @Override
            public void onDelete(Namespace namespace, boolean unknown) {
                listener.accept(namespace.getMetadata().getName());
            }
        });
        informer.exceptionHandler((started, failure) -> {
            LOG.warn("the watch on namespaces failed and is tried again: {}", failure.getMessage());
            return true;
        });
    }

    private record Says(Map<String, String> labels, Map<String, String> annotations) {}

    private static Says says(Namespace namespace) {
        return new Says(
                orEmpty(namespace.getMetadata().getLabels()),
                orEmpty(namespace.getMetadata().getAnnotations()));
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return Objects.requireNonNullElse(map, Map.of());
    }

    /** Begins to watch, and returns at once. */
    public void start() {
        Object _ = informer.start();
    }

    @Override
    public void close() {
        informer.stop();
    }
}
