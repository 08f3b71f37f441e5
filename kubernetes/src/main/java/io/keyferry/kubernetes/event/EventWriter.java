package io.keyferry.kubernetes.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.kubernetes.api.WriteGate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes core/v1 Events behind everything else. The same note about the same object is counted up instead of written
 * again. Mass events are thinned: in each namespace a burst of 40 normal events and then 5 a second are written, of warnings
 * 200 and 20 a second; the rest is dropped, for each object's status tells the same. Events never hold anything up.
 */
public final class EventWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);
    private static final int QUEUE = 4096;
    private static final int REMEMBERED = 4096;
    private static final int LONGEST_MESSAGE = 1024;

    private record Entry(EventSubject subject, EventNote note) {}

    private record Key(String uid, EventNote note) {}

    private record Written(String path, int count) {}

    private final ApiClient api;
    private final WriteGate gate;
    private final TimeSource time;
    private final String component;
    private final Runnable onDropped;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE);
    private final EventBudgets normal;
    private final EventBudgets warnings;
    private final Map<Key, Written> written = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Written> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Thread thread;
    private long sequence;
    private boolean isForbidden;

    /**
     * @param component the source component that events carry
     * @param onDropped is told of every event that is not written
     */
    public EventWriter(ApiClient api, WriteGate gate, TimeSource time, String component, Runnable onDropped) {
        this.api = api;
        this.gate = gate;
        this.time = time;
        this.component = component;
        this.onDropped = onDropped;
        this.normal = new EventBudgets(40, 5, time);
        this.warnings = new EventBudgets(200, 20, time);
        this.thread = Thread.ofVirtual().name("events-" + component).start(this::run);
    }

    /** Writes the event some time soon, if there is room. */
    public void write(EventSubject subject, EventNote note) {
        if (!queue.offer(new Entry(subject, note))) {
            onDropped.run();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                Entry entry = queue.take();
                EventBudgets budgets = entry.note().type() == EventNote.Type.NORMAL ? normal : warnings;
                if (budgets.take(entry.subject().namespace())) {
                    send(entry);
                } else {
                    onDropped.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Entry entry) throws InterruptedException {
        gate.enter(WriteGate.Lane.ABOUT);
        try {
            Key key = new Key(entry.subject().uid(), entry.note());
            Written before = written.get(key);
            if (before == null || !countUp(key, before)) {
                create(key, entry);
            }
        } catch (ApiException e) {
            if (e.isForbidden()) {
                forbidden(e);
                return;
            }
            LOG.warn(
                    "could not write event \"{}\" about {}/{}: {}",
                    entry.note().reason(),
                    entry.subject().namespace(),
                    entry.subject().name(),
                    e.getMessage());
        } finally {
            gate.leave(WriteGate.Lane.ABOUT);
        }
    }

    private void forbidden(ApiException failure) {
        onDropped.run();
        if (!isForbidden) {
            isForbidden = true;
            LOG.warn(
                    "may not write events, and goes on without: grant create and patch on events: {}",
                    failure.getMessage());
        }
    }

    /** @return false if the event is gone: the API server keeps them for an hour */
    private boolean countUp(Key key, Written before) throws ApiException, InterruptedException {
        ObjectNode patch = api.object().put("count", before.count() + 1).put("lastTimestamp", timestamp());
        try {
            api.overwrite(before.path(), patch);
            written.put(key, new Written(before.path(), before.count() + 1));
            return true;
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return false;
            }
            throw e;
        }
    }

    private void create(Key key, Entry entry) throws ApiException, InterruptedException {
        EventSubject subject = entry.subject();
        String message = entry.note().message();
        String collection = "/api/v1/namespaces/%s/events".formatted(subject.namespace());
        String name = "%s.%x%x".formatted(shortened(subject.name()), time.now().toEpochMilli(), sequence++);
        String now = timestamp();
        ObjectNode event = api.object().put("apiVersion", "v1").put("kind", "Event");
        event.putObject("metadata").put("namespace", subject.namespace()).put("name", name);
        event.putObject("involvedObject")
                .put("apiVersion", subject.apiVersion())
                .put("kind", subject.kind())
                .put("namespace", subject.namespace())
                .put("name", subject.name())
                .put("uid", subject.uid())
                .put("resourceVersion", subject.resourceVersion());
        event.put("type", entry.note().type().text())
                .put("reason", entry.note().reason())
                .put("message", message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)))
                .put("firstTimestamp", now)
                .put("lastTimestamp", now)
                .put("count", 1);
        event.putObject("source").put("component", component);
        event.put("reportingComponent", component).put("reportingInstance", "");
        api.post(collection, event);
        written.put(key, new Written(collection + "/" + name, 1));
    }

    private String timestamp() {
        Instant now = time.now().truncatedTo(ChronoUnit.SECONDS);
        return now.toString();
    }

    private static String shortened(String name) {
        String part = name.substring(0, Math.min(name.length(), 200));
        return part.endsWith(".") || part.endsWith("-") ? part.substring(0, part.length() - 1) : part;
    }
}
