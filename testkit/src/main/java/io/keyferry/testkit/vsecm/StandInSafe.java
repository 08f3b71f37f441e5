package io.keyferry.testkit.vsecm;

import com.sun.net.httpserver.HttpServer;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * VSecM Safe, as far as its clients can tell, over HTTP/1.1: routes, callers, envelopes, status codes and faults as observed of
 * Safe 0.28. It keeps everything in memory, and writes no Kubernetes Secrets for {@code k8s:} names.
 *
 * <p>Where it differs: clients that are not let in get another alert than {@code bad_certificate}, since the JDK has its own
 * mind about that; there is no HTTP/2; of templates only {@code {{.path}}} is known.
 */
public final class StandInSafe implements AutoCloseable {
    /** The SPIFFE ID of a Safe. */
    public static final String ID = "spiffe://vsecm.com/workload/vsecm-safe/ns/vsecm-system/sa/vsecm-safe/n/any";

    private final Supplier<Instant> clock;
    private final SafeSecrets secrets;
    private final SafeKnobs knobs = new SafeKnobs();
    private final SafeMood mood = new SafeMood();
    private final SafeRoutes routes;
    private final ServerSocket server;
    private final HttpServer live = probe();
    private final HttpServer ready = probe();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<SafeRequest> requests = new CopyOnWriteArrayList<>();
    private volatile TestSvid svid;
    private volatile SafeTls tls;

    private StandInSafe(TestSvid svid, Supplier<Instant> clock, int port) {
        this.svid = svid;
        this.clock = clock;
        tls = new SafeTls(svid, clock, false);
        secrets = new SafeSecrets(clock);
        routes = new SafeRoutes(secrets, knobs);
        try {
            server = new ServerSocket(port, 128, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("stand-in-safe").start(this::accept);
    }

    /** A Safe with a root key and no secrets that trusts the authority it is issued by. */
    public static StandInSafe start(TestAuthority authority) {
        return start(authority.issue(ID), Instant::now);
    }

    /**
     * A Safe with an identity of the caller's choice.
     *
     * @param clock by which client certificates expire
     */
    public static StandInSafe start(TestSvid svid, Supplier<Instant> clock) {
        return new StandInSafe(svid, clock, 0);
    }

    /** The same on a port of the caller's choice. */
    static StandInSafe start(TestSvid svid, int port) {
        return new StandInSafe(svid, Instant::now, port);
    }

    /** Its address, without a path. */
    public URI address() {
        return URI.create("https://127.0.0.1:" + server.getLocalPort());
    }

    /** Where it tells by plain HTTP that it is alive. */
    public URI liveProbe() {
        return URI.create("http://127.0.0.1:" + live.getAddress().getPort() + "/");
    }

    /** Where it tells by plain HTTP that it is ready. */
    public URI readyProbe() {
        return URI.create("http://127.0.0.1:" + ready.getAddress().getPort() + "/");
    }

    /** Stores a value under a name, as the Sentinel would. */
    public void put(String name, String value) {
        put(Map.of("workloads", List.of(name), "value", value));
    }

    /**
     * Stores a value with what Scout tells beside it.
     *
     * @param notBefore RFC 3339 or {@code now}
     * @param expires RFC 3339 or {@code never}
     */
    public void put(String name, String value, List<String> namespaces, String notBefore, String expires) {
        put(Map.of(
                "workloads", List.of(name),
                "value", value,
                "namespaces", namespaces,
                "notBefore", notBefore,
                "expires", expires));
    }

    /** Stores what a request of the Sentinel holds. */
    public void put(Map<String, Object> request) {
        secrets.upsert(GoJson.read(GoJson.write(request)).orElseThrow());
    }

    /** Removes a name. */
    public void remove(String name) {
        secrets.delete(
                GoJson.read(GoJson.write(Map.of("workloads", List.of(name)))).orElseThrow());
    }

    /** Whether the root key is loaded; without it nearly everything is 400. */
    public void rootKey(boolean loaded) {
        knobs.rootKey(loaded);
    }

    /** Whether the keystone is ready, as it is after Sentinel's initialisation. */
    public void initialised(boolean done) {
        knobs.initialised(done);
    }

    /** The backing store is not ready: 503 {@code NOK!}. */
    public void notReady() {
        answer(503, "NOK!");
    }

    /** Trouble with decryption or persistence: 500. */
    public void broken() {
        answer(500, "");
    }

    /** Answers what would go right with something else. */
    public void answer(int status, String body) {
        knobs.trouble(Optional.of(new SafeAnswer.Body(status, body)));
    }

    /** Takes requests and answers none. */
    public void hang() {
        mood.hang();
    }

    /** Resets the connection once a request is read. */
    public void reset() {
        mood.reset();
    }

    /** Answers byte by byte, without end. */
    public void trickle() {
        mood.trickle();
    }

    /** Ends all trouble, and the connections that hang. */
    public void heal() {
        knobs.trouble(Optional.empty());
        mood.heal();
    }

    /** Shows another identity from the next connection on, and trusts the authority of that. */
    public void present(TestSvid other) {
        svid = other;
        tls = new SafeTls(other, clock, false);
    }

    /** Speaks TLS 1.2 and nothing newer. */
    public void speakOldTls() {
        tls = new SafeTls(svid, clock, true);
    }

    /** How many TCP connections were made. */
    public int connections() {
        return connections.get();
    }

    /** How many TCP connections are open. */
    public int openConnections() {
        return open.size();
    }

    /** The requests that came through, in their order. */
    public List<SafeRequest> requests() {
        return new ArrayList<>(requests);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                connections.incrementAndGet();
                open.add(socket);
                SafeConnection connection = new SafeConnection(socket, tls, routes, mood, requests::add);
                Thread.ofVirtual().name("stand-in-safe-connection").start(() -> {
                    connection.serve();
                    open.remove(socket);
                });
            } catch (IOException e) {
                // It was closed.
            }
        }
    }

    private static HttpServer probe() {
        try {
            HttpServer probe = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            probe.createContext("/", exchange -> {
                byte[] ok = {'O', 'K'};
                exchange.sendResponseHeaders(200, ok.length);
                exchange.getResponseBody().write(ok);
                exchange.close();
            });
            probe.start();
            return probe;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        mood.heal();
        live.stop(0);
        ready.stop(0);
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
