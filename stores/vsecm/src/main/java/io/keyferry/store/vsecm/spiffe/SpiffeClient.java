package io.keyferry.store.vsecm.spiffe;

import io.keyferry.engine.time.TimeSource;
import io.keyferry.engine.time.Timers;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * An HTTP client that shows an X.509-SVID and speaks to those servers alone whose SPIFFE ID is meant. TLS 1.3; no redirects,
 * no proxy, no connection for more than one request. Safe for use by many threads.
 */
public final class SpiffeClient implements AutoCloseable {
    private final CurrentIdentity identity;
    private final X509Source source;
    private final HttpLimits limits;
    private final TimeSource time;

    SpiffeClient(X509Source source, CurrentIdentity identity, HttpLimits limits, TimeSource time) {
        this.source = source;
        this.identity = identity;
        this.limits = limits;
        this.time = time;
    }

    /** Connects to nothing before {@link #start} or the first request. */
    public static SpiffeClient of(IdentitySource from, HttpLimits limits, TimeSource time, Timers timers) {
        CurrentIdentity identity = new CurrentIdentity(time);
        X509Source source = switch (from) {
            case IdentitySource.WorkloadApi api ->
                new WorkloadApiSource(new GrpcSvidStream(api.endpoint()), identity, time, timers);
            case IdentitySource.PemFiles files -> new FileSource(files, identity, time, timers);
        };
        return new SpiffeClient(source, identity, limits, time);
    }

    /** Begins to obtain an SVID; it is kept fresh from then on. */
    public void start() {
        source.start();
    }

    /** What identity there is. */
    public SvidState state() {
        return identity.state();
    }

    /**
     * Calls {@code listener} whenever the SVID becomes another one or is taken back. It must be short, must not block, and must
     * not ask this client for anything but its state.
     */
    public void onChange(Consumer<SvidState> listener) {
        identity.listen(listener);
    }

    /**
     * Asks for a URL.
     *
     * @param meant who may answer
     * @throws SpiffeException if there is no answer; says whose fault that is
     * @throws InterruptedException if this thread is interrupted; the connection is closed then
     */
    public HttpAnswer get(URI url, SpiffeIdPattern meant) throws SpiffeException, InterruptedException {
        X509Context svid = source.current(limits.identityTimeout());
        Exchange exchange = new Exchange(
                url, svid, meant, limits, time, () -> identity.held().isPresent());
        FutureTask<HttpAnswer> task = new FutureTask<>(exchange::run);
        Thread thread = Thread.ofVirtual().name("spiffe-request").start(task);
        try {
            return task.get(limits.requestTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw Faults.unreachable("no answer within " + seconds(limits.requestTimeout()));
        } catch (ExecutionException e) {
            throw Faults.of(e.getCause() == null ? e : e.getCause());
        } finally {
            // Interrupting a virtual thread that is blocked on a socket closes the socket.
            thread.interrupt();
        }
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    /** Ends the stream of SVIDs and forgets the one held. */
    @Override
    public void close() {
        source.close();
    }
}
