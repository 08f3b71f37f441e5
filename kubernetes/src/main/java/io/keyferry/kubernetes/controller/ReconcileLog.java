package io.keyferry.kubernetes.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The log of one reconcile: every line carries the object and an id of its own. Keys are those of controller-runtime. */
final class ReconcileLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcileLog.class);
    private static final List<String> KEYS =
            List.of("controller", "controllerGroup", "controllerKind", "namespace", "name", "reconcileID");

    /** The context key under which the log format finds an error's text. */
    static final String ERROR = "error";

    ReconcileLog(String controller, HasMetadata object) {
        MDC.put("controller", controller);
        MDC.put("controllerGroup", object.getApiVersion().split("/", 2)[0]);
        MDC.put("controllerKind", object.getKind());
        MDC.put("namespace", object.getMetadata().getNamespace());
        MDC.put("name", object.getMetadata().getName());
        MDC.put("reconcileID", id().toString());
    }

    /** Only to tell lines apart, so that it need not be unforeseeable. */
    private static UUID id() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long version4 = (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
        long variant2 = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(version4, variant2);
    }

    void write(List<LogLine> lines) {
        for (LogLine line : lines) {
            if (line.error() == null) {
                LOG.info(line.message());
            } else {
                MDC.put(ERROR, line.error());
                LOG.error(line.message());
                MDC.remove(ERROR);
            }
        }
    }

    void unexpected(Throwable failure) {
        LOG.error("Reconciler error", failure);
    }

    @Override
    public void close() {
        KEYS.forEach(MDC::remove);
    }
}
