package io.keyferry.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 reverse proxy on a loopback port that records the requests it gets and does to some of them what a bad
 * network or a bad server would. Faults are looked at in the order they were injected; a request that none of them
 * concerns is passed on, and the client is reset if the server behind cannot be reached. Responses are passed on when
 * they are complete. Safe for use by many threads.
 */
public final class FaultProxy implements AutoCloseable {
    private final int port = FreePort.next();
    private final Upstream upstream;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<RecordedRequest> requests = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private int accepted;
    private CountDownLatch healing = new CountDownLatch(1);
    private @Nullable ServerSocket listener;

    private FaultProxy(URI upstream) {
        this.upstream = new Upstream(upstream);
        listen();
    }

    /** Starts a proxy in front of a server, of whose URL the path must be empty. */
    public static FaultProxy before(URI upstream) {
        return new FaultProxy(upstream);
    }

    /** The proxy's own URL, without a slash at the end. */
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /** Does this to all requests whose path starts so, until {@link #heal()}. */
    public void inject(String pathPrefix, Fault fault) {
        inject(request -> request.path().startsWith(pathPrefix), fault, Integer.MAX_VALUE);
    }

    /** Does this to the next {@code times} requests that match. */
    public synchronized void inject(Predicate<RecordedRequest> where, Fault fault, int times) {
        rules.add(new Rule(where, fault, times));
    }

    /** Closes the port and resets all connections, as if the server were gone. */
    public synchronized void refuse() {
        if (listener != null) {
            closeQuietly(listener);
            listener = null;
        }
        connections.forEach(FaultProxy::reset);
    }

    /** Ends all faults, and with them the connections that hang. */
    public synchronized void heal() {
        rules.clear();
        healing.countDown();
        healing = new CountDownLatch(1);
        if (listener == null) {
            listen();
        }
    }

    /** All requests since the start or the last {@link #forget()}, in the order of their coming. */
    public synchronized List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /** How many of {@link #requests()} have a path that starts so. */
    public long count(String pathPrefix) {
        return requests().stream()
                .filter(request -> request.path().startsWith(pathPrefix))
                .count();
    }

    /** How many connections were made since the start or the last {@link #forget()}. */
    public synchronized int connections() {
        return accepted;
    }

    public synchronized void forget() {
        accepted = 0;
        requests.clear();
    }

    @Override
    public synchronized void close() {
        refuse();
        healing.countDown();
        upstream.close();
    }

    private synchronized void listen() {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
            listener = socket;
            Thread.ofVirtual().name("fault-proxy").start(() -> acceptFrom(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acceptFrom(ServerSocket socket) {
        while (true) {
            try {
                Socket connection = socket.accept();
                connections.add(connection);
                countConnection();
                if (socket.isClosed()) {
                    reset(connection);
                }
                Thread.ofVirtual().name("fault-proxy-connection").start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private synchronized void countConnection() {
        accepted++;
    }

    private void serve(Socket connection) {
        try {
            connection.setTcpNoDelay(true);
            HttpRequestReader reader = new HttpRequestReader(new BufferedInputStream(connection.getInputStream()));
            FaultyResponse response = new FaultyResponse(connection);
            boolean goOn = true;
            while (goOn) {
                Optional<IncomingRequest> request = reader.next();
                goOn = request.isPresent()
                        && answer(request.get(), response)
                        && !request.get().isLast();
            }
        } catch (IOException broken) {
            reset(connection);
        } finally {
            closeQuietly(connection);
            connections.remove(connection);
        }
    }

    private boolean answer(IncomingRequest request, FaultyResponse response) throws IOException {
        Plan plan = plan(request);
        return switch (plan.fault()) {
            case null -> response.send(upstream.pass(request));
            case Fault.Hang() -> response.hang(plan.healing());
            case Fault.Reset() -> response.reset();
            case Fault.Cut cut -> {
                if (cut.passedOn()) {
                    byte[] _ = upstream.pass(request);
                }
                cut.meanwhile().run();
                yield response.reset();
            }
            case Fault.Slow slow -> response.trickle(upstream.pass(request), slow, plan.healing());
            case Fault.Answer answer -> response.send(answer);
            case Fault.Huge huge -> response.sendHuge(huge.bytes());
        };
    }

    private synchronized Plan plan(IncomingRequest request) {
        RecordedRequest recorded = new RecordedRequest(
                request.method(),
                request.target(),
                request.headers().stream().map(IncomingRequest.Header::name).collect(Collectors.toSet()),
                request.action(),
                Instant.now());
        requests.add(recorded);
        for (Rule rule : rules) {
            if (rule.takes(recorded)) {
                return new Plan(rule.fault, healing);
            }
        }
        return new Plan(null, healing);
    }

    static void reset(Socket connection) {
        try {
            connection.setSoLinger(true, 0);
        } catch (IOException closedAlready) {
            return;
        }
        closeQuietly(connection);
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing a socket failed", e);
        }
    }

    private record Plan(@Nullable Fault fault, CountDownLatch healing) {}

    private static final class Rule {
        private final Predicate<RecordedRequest> where;
        private final Fault fault;
        private int left;

        Rule(Predicate<RecordedRequest> where, Fault fault, int times) {
            this.where = where;
            this.fault = fault;
            this.left = times;
        }

        boolean takes(RecordedRequest request) {
            return left > 0 && where.test(request) && left-- > 0;
        }
    }
}
