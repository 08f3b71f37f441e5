package io.keyferry.store.vsecm;

import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Following;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.SecretStore;
import io.keyferry.engine.store.StoreAddress;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.engine.time.Timers;
import io.keyferry.json.JsonException;
import io.keyferry.store.vsecm.spiffe.HttpAnswer;
import io.keyferry.store.vsecm.spiffe.SpiffeClient;
import io.keyferry.store.vsecm.spiffe.SpiffeException;
import io.keyferry.store.vsecm.spiffe.SvidState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * VMware Secrets Manager: all that one Safe gives to this process.
 *
 * <p>An address is {@link #address} of a {@link SafeAddress}. The only identity is {@link Identity.Ambient}, the process's own
 * X.509-SVID, and the only reference {@code Reference.secret("")}. The value is JSON, compact, with numbers as they were
 * written and keys in their order:
 *
 * <ul>
 *   <li>attribute {@value #MODE} is {@value #DOCUMENT}: the document, of any type; a string if what is stored is not JSON;
 *   <li>attribute {@value #MODE} is {@value #CATALOGUE}: an array, sorted by name, of objects with {@code name} (without {@code
 *       raw:}), {@code value} (of any type), and, where Safe tells them, {@code namespaces}, {@code notBefore} and {@code
 *       expiresAfter}. Safe enforces neither of these.
 * </ul>
 *
 * <p>Attribute {@value #IDENTITY} is {@value #SCOUT} where this process's name is {@code vsecm-scout}, which gets all raw
 * secrets, or the only one without its name; else {@value #WORKLOAD}.
 *
 * <p>Failures have the reasons {@code AmbiguousRejected}, {@code NotReady}, {@code IdentityUnavailable}, {@code IdentityRejected},
 * {@code PeerUntrusted}, {@code Malformed} and {@code SafeNotAllowed}. There are no versions, listings or events, so readings
 * are polled. An answer, a failure included, serves whoever asks within {@link VsecmConfig#reuse} of it.
 */
public final class VsecmStore implements SecretStore, AutoCloseable {
    /** The kind of store addresses this store answers for. */
    public static final String KIND = "vsecm";

    /** The attribute that tells the shape of the value. */
    public static final String MODE = "mode";

    public static final String DOCUMENT = "document";
    public static final String CATALOGUE = "catalogue";

    /** The attribute that tells which kind of workload this process is to Safe. */
    public static final String IDENTITY = "identity";

    public static final String SCOUT = "scout";
    public static final String WORKLOAD = "workload";

    private static final String SCOUT_NAME = "vsecm-scout";

    private final VsecmConfig config;
    private final Supplier<SpiffeClient> clients;
    private final List<Consumer<SvidState>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable SpiffeClient client;
    private boolean closed;

    /** Nothing is connected, and nothing of gRPC loaded, before the first read or {@link #start}. */
    public VsecmStore(VsecmConfig config, TimeSource time, Timers timers) {
        this.config = config;
        this.clients = () -> SpiffeClient.of(config.identity(), config.limits(), time, timers);
    }

    /** The store address of a Safe. */
    public static StoreAddress address(SafeAddress safe) {
        return new StoreAddress(KIND, safe.toString());
    }

    /** Who reads from {@code safe}: this process. */
    public static Access access(SafeAddress safe) {
        return new Access(address(safe), new Identity.Ambient());
    }

    /** The only thing to ask a Safe for: all that it gives to this process. */
    public static Reference everything() {
        return Reference.secret("");
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** A failing Safe is tried again within a minute, however long the interval: its worst refusals pass by themselves. */
    @Override
    public Following following(Access access, Reference reference) {
        return new Following.Polled(false, config.reuse());
    }

    /** Begins to obtain the SVID, so that readiness need not wait for the first read. */
    public void start() {
        client().ifPresent(SpiffeClient::start);
    }

    /** What SVID this process has; nothing is begun by asking. */
    public SvidState identity() {
        SpiffeClient known = client;
        return known == null ? new SvidState(false, Optional.empty()) : known.state();
    }

    /**
     * Calls {@code listener} whenever the SVID becomes another one or is taken back: what was read before is another identity's
     * then. It must be short, must not block, and must not read from this store.
     */
    public void onIdentityChange(Consumer<SvidState> listener) {
        listeners.add(listener);
    }

    @Override
    public Reading read(Access access, Reference reference) throws StoreException, InterruptedException {
        SafeAddress safe = safe(access, reference);
        if (!config.allowed().isEmpty() && !config.allowed().contains(safe)) {
            throw VsecmFailures.notAllowed(safe);
        }
        try {
            SpiffeClient spiffe = client().orElseThrow(() -> VsecmFailures.misuse("the store is closed"));
            return reading(safe, spiffe.get(safe.url(), config.safe()));
        } catch (SpiffeException e) {
            throw VsecmFailures.of(safe, e);
        }
    }

    private static SafeAddress safe(Access access, Reference reference) throws StoreException {
        if (!(access.identity() instanceof Identity.Ambient)) {
            throw VsecmFailures.misuse("Safe is read under the process's own identity only");
        }
        if (!reference.equals(everything())) {
            throw VsecmFailures.misuse("Safe is read as a whole only");
        }
        try {
            return SafeAddress.parse(access.store().endpoint());
        } catch (IllegalArgumentException e) {
            throw VsecmFailures.misuse(String.valueOf(e.getMessage()));
        }
    }

    private Reading reading(SafeAddress safe, HttpAnswer answer) throws StoreException {
        boolean scout = config.workloadName()
                .capture(answer.self())
                .filter(SCOUT_NAME::equals)
                .isPresent();
        if (answer.status() == 404) {
            return new Reading.Absent(Reading.Absent.Cause.MISSING, Attributes.ofNothing(scout));
        }
        if (answer.status() != 200) {
            throw VsecmFailures.ofStatus(safe, answer.status());
        }
        try {
            return Normaliser.read(answer.body().bytes(), scout);
        } catch (JsonException e) {
            throw VsecmFailures.malformed(safe, e);
        }
    }

    private Optional<SpiffeClient> client() {
        SpiffeClient known = client;
        return known != null ? Optional.of(known) : create();
    }

    private synchronized Optional<SpiffeClient> create() {
        if (client == null && !closed) {
            SpiffeClient created = clients.get();
            created.onChange(state -> listeners.forEach(listener -> listener.accept(state)));
            client = created;
        }
        return Optional.ofNullable(client);
    }

    /** Leaves no thread, connection or descriptor. */
    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
        }
    }
}
