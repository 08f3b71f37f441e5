package io.keyferry.kubernetes.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The log of one reconcile: every line carries the object and an id of its own. Keys are those of controller-runtime. */
public final class ReconcileLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcileLog.class);
    private static final List<String> KEYS =
            List.of("controller", "controllerGroup", "controllerKind", "namespace", "name", "reconcileID");

    /** The context key under which the log format finds an error's text. */
    static final String ERROR = "error";

    /** What context keys begin with that are fields of one line. */
    private static final String FIELD = "field.";

    ReconcileLog(String controller, HasMetadata object) {
        this(
                controller,
                object.getApiVersion(),
                object.getKind(),
                object.getMetadata().getNamespace(),
                object.getMetadata().getName());
    }

    public ReconcileLog(String controller, String apiVersion, String kind, String namespace, String name) {
        MDC.put("controller", controller);
        MDC.put("controllerGroup", apiVersion.split("/", 2)[0]);
        MDC.put("controllerKind", kind);
        MDC.put("namespace", namespace);
        MDC.put("name", name);
        MDC.put("reconcileID", id().toString());
    }

    /** Only to tell lines apart, so that it need not be unforeseeable. */
    private static UUID id() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long version4 = (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
        long variant2 = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(version4, variant2);
    }

    public void write(List<LogLine> lines) {
        for (LogLine line : lines) {
            line.fields().forEach((name, value) -> MDC.put(FIELD + name, value));
            if (line.error() == null) {
                LOG.info(line.message());
            } else {
                MDC.put(ERROR, line.error());
                LOG.error(line.message());
                MDC.remove(ERROR);
            }
            line.fields().keySet().forEach(name -> MDC.remove(FIELD + name));
        }
    }

    public void unexpected(Throwable failure) {
        LOG.error("Reconciler error", failure);
    }

    @Override
    public void close() {
        KEYS.forEach(MDC::remove);
    }
}
