package io.keyferry.store.aws;

import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Attempted;
import io.keyferry.engine.store.Batching;
import io.keyferry.engine.store.Following;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.SecretStore;
import io.keyferry.engine.store.StoreAddress;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * AWS Secrets Manager, in one region.
 *
 * <p>Its only address is {@code StoreAddress("aws", "")}. Identities are {@link Identity.Ambient}, the operator's own, and {@link
 * Identity.Role} by ARN. A secret is the {@code SecretString} of its current version; its reference is a name or an ARN.
 *
 * <p>The listing of {@code ""} holds all secrets that the search identity may list, with tags and versions, and is how
 * changes are noticed; whoever asks, the search identity lists. The listing of a name or an ARN holds that secret alone,
 * as the one who asks sees it. A principal is a role by short name or ARN; its attribute {@code arn} tells its ARN.
 */
public final class AwsStore implements SecretStore, AutoCloseable {
    /** The kind of store addresses this store answers for. */
    public static final String KIND = "aws";

    /** How many secrets AWS brings in one call. */
    private static final Batching BATCHING = new Batching(20, Duration.ofMillis(20), Duration.ofSeconds(10));

    /** How old a listing may be for a new or edited object: it is costly, and AWS's own may be older. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    /** How long AWS says that a listing may be behind. */
    private static final Duration LAG = Duration.ofMinutes(5);

    /** The operator itself; it is what lists. */
    public static final Access OPERATOR = new Access(new StoreAddress(KIND, ""), new Identity.Ambient());

    private final AwsConfig config;
    private final TimeSource time;
    private final Supplier<Connections> connections;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicReference<Catalogue> catalogue = new AtomicReference<>(Catalogue.empty());
    private volatile @Nullable AwsSession session;

    /** Nothing of AWS is loaded before the first read. */
    public AwsStore(AwsConfig config, TimeSource time) {
        this(config, time, () -> new Connections(Whereabouts.ofProcess(), Patience.standard(), time));
    }

    AwsStore(AwsConfig config, TimeSource time, Supplier<Connections> connections) {
        this.config = config;
        this.time = time;
        this.connections = connections;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Following following(Access access, Reference reference) {
        return switch (reference.kind()) {
            case SECRET -> new Following.Told(OPERATOR, Reference.listing(""), LAG);
            case LISTING -> reference.path().isEmpty() ? new Following.Telling(FRESH) : new Following.Polled(true);
            case PRINCIPAL -> new Following.Announced();
        };
    }

    @Override
    public Reference canonical(Access access, Reference reference) {
        if (reference.kind() != Reference.Kind.SECRET) {
            return reference;
        }
        return catalogue
                .get()
                .arn(access.identity(), reference.path(), config.searchRole().isEmpty())
                .map(Reference::secret)
                .orElse(reference);
    }

    @Override
    public Batching batching() {
        return BATCHING;
    }

    @Override
    public Reading read(Access access, Reference reference) throws StoreException, InterruptedException {
        AwsSession aws = session();
        return switch (reference.kind()) {
            case SECRET -> {
                Reading value = aws.value(access.identity(), reference.path());
                note(reference, value);
                yield value;
            }
            case LISTING -> reference.path().isEmpty() ? list(aws) : aws.describe(access.identity(), reference.path());
            case PRINCIPAL -> aws.principal(reference.path());
        };
    }

    @Override
    public List<Attempted> readAll(Access access, List<Reference> references) throws StoreException {
        List<Attempted> results = session()
                .values(
                        access.identity(),
                        references.stream().map(Reference::path).toList());
        for (int i = 0; i < references.size(); i++) {
            if (results.get(i) instanceof Attempted.Answered(Reading reading)) {
                note(references.get(i), reading);
            }
        }
        return results;
    }

    /** A listed secret that is gone may have been made anew under its name, which no longer stands for the old ARN. */
    private void note(Reference reference, Reading reading) {
        if (reading instanceof Reading.Absent absent && absent.cause() == Reading.Absent.Cause.MISSING) {
            catalogue.updateAndGet(known -> known.without(reference.path()));
        }
    }

    private Reading.Inventory list(AwsSession aws) throws StoreException, InterruptedException {
        Reading.Inventory inventory = aws.list(config.searchRole());
        catalogue.set(new Catalogue(inventory));
        return inventory;
    }

    /** What tells {@code listener} of changes when it is started; empty if no queue is configured. */
    public Optional<EventQueue> events(SecretEventListener listener) {
        return config.queue()
                .map(url -> new EventQueue(
                        () -> session().connections().queues(), url, listener, RandomGenerator.getDefault()));
    }

    private AwsSession session() {
        AwsSession known = session;
        if (known != null) {
            return known;
        }
        lock.lock();
        try {
            known = session;
            if (known == null) {
                known = new AwsSession(connections.get(), time);
                session = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        AwsSession known = session;
        if (known != null) {
            known.close();
        }
    }
}
