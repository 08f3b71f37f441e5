package io.keyferry.kubernetes.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The log of one reconcile: every line carries the object and an id of its own. Keys are those of controller-runtime. Lines
 * go to the JDK's log directly, because SLF4J's way there walks the stack for each.
 */
public final class ReconcileLog implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ReconcileLog.class.getName());
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
                log("write", Level.INFO, line.message(), null);
            } else {
                MDC.put(ERROR, line.error());
                log("write", Level.SEVERE, line.message(), null);
                MDC.remove(ERROR);
            }
            line.fields().keySet().forEach(name -> MDC.remove(FIELD + name));
        }
    }

    public void unexpected(Throwable failure) {
        log("unexpected", Level.SEVERE, "Reconciler error", failure);
    }

    private static void log(String caller, Level level, String message, @Nullable Throwable failure) {
        if (!LOG.isLoggable(level)) {
            return;
        }
        LogRecord entry = new LogRecord(level, message);
        entry.setLoggerName(LOG.getName());
        entry.setSourceClassName(ReconcileLog.class.getName());
        entry.setSourceMethodName(caller);
        entry.setThrown(failure);
        LOG.log(entry);
    }

    @Override
    public void close() {
        KEYS.forEach(MDC::remove);
    }
}
