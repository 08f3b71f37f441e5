package io.keyferry.kubernetes.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
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

    /** As if the watch had just seen the object for the first time: of one that it takes for gone the library hears nothing else. */
    void appeared(R object) {
        if (isRunning()) {
            getEventHandler()
                    .handleEvent(new ResourceEvent(ResourceAction.ADDED, ResourceID.fromResource(object), object));
        }
    }

    @Override
    public Set<Void> getSecondaryResources(R object) {
        return Set.of();
    }
}
