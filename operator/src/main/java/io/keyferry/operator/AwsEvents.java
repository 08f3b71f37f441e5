package io.keyferry.operator;

import io.keyferry.engine.read.ReadPlane;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.time.Throttle;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.engine.time.Timers;
import io.keyferry.operator.metrics.OperatorMetrics;
import io.keyferry.store.aws.AwsStore;
import io.keyferry.store.aws.EventQueue;
import io.keyferry.store.aws.SecretChange;
import io.keyferry.store.aws.SecretEventListener;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has read again what AWS's events tell of: the secrets at once, and the listing of all of them from time to time, for
 * an event of each of many secrets must not become a listing for each.
 */
final class AwsEvents implements SecretEventListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AwsEvents.class);
    private static final Duration BETWEEN_LISTINGS = Duration.ofSeconds(30);

    private final ReadPlane reads;
    private final OperatorMetrics metrics;
    private final Throttle listing;
    private final Optional<EventQueue> queue;
    private final Set<Heard> mentioned = EnumSet.noneOf(Heard.class);
    private boolean isStarted;

    AwsEvents(AwsStore aws, ReadPlane reads, OperatorMetrics metrics, TimeSource time, Timers timers) {
        this.reads = reads;
        this.metrics = metrics;
        this.listing = new Throttle(
                BETWEEN_LISTINGS, () -> reads.changed(AwsStore.OPERATOR, Reference.listing("")), time, timers);
        this.queue = aws.events(this);
    }

    /** Listens from now on, if a queue is configured. */
    synchronized void start() {
        if (queue.isPresent() && !isStarted) {
            isStarted = true;
            queue.get().start();
            LOG.info("listening to the event queue");
        }
    }

    @Override
    public void changed(SecretChange change) {
        reads.changed(AwsStore.OPERATOR.store(), change::concerns);
        listing.ask();
    }

    @Override
    public void heard(Heard message) {
        metrics.awsEvent(message.name().toLowerCase(Locale.ROOT));
        boolean isOdd = message == Heard.FOREIGN || message == Heard.MALFORMED;
        if (isOdd && mentioned.add(message)) {
            LOG.warn(
                    message == Heard.FOREIGN
                            ? "the event queue brings events of other services than Secrets Manager; they are deleted"
                            : "the event queue brings messages that are no events of EventBridge; they are deleted");
        }
    }

    @Override
    public void failed(StoreFailure failure) {
        LOG.warn("{}; until it answers, changes are noticed by listings alone", failure.message());
    }

    @Override
    public void recovered() {
        LOG.info("the event queue answers again");
    }

    @Override
    public synchronized void close() {
        if (isStarted) {
            queue.ifPresent(EventQueue::close);
        }
    }
}
