package io.keyferry.kubernetes.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;

/** Makes an event of everything that wakes an object and is no change of the object itself. */
final class WakeSource<R extends HasMetadata> extends AbstractEventSource<Void, R> {
    WakeSource() {
        super(Void.class, "wake");
    }

    void wake(String namespace, String name) {
        if (isRunning()) {
            getEventHandler().handleEvent(new Event(new ResourceID(name, namespace)));
        }
    }

    @Override
    public Set<Void> getSecondaryResources(R object) {
        return Set.of();
    }
}
