package io.keyferry.store.vault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An HTTP server that answers as it was told, by method and path, in bodies recorded from OpenBao 2.7.2. */
final class FakeVault implements AutoCloseable {
    /** One request that came in. */
    record Seen(String method, String path, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    /** What to answer. */
    record Says(int status, Map<String, String> headers, String body) {
        Says with(String name, String value) {
            return new Says(status, Map.of(name, value), body);
        }
    }

    private final HttpServer server;
    private final Map<String, Function<Seen, Says>> rules = new ConcurrentHashMap<>();
    final List<Seen> seen = new CopyOnWriteArrayList<>();

    FakeVault() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    static Says says(int status, String body) {
        return new Says(status, Map.of(), body);
    }

    static Says data(String data) {
        return says(
                200,
                "{\"request_id\":\"1eb77e8f\",\"lease_id\":\"\",\"renewable\":false,\"lease_duration\":0,\"data\":"
                        + data + ",\"wrap_info\":null,\"warnings\":null,\"auth\":null}\n");
    }

    static Says errors(int status, String... errors) {
        return says(
                status,
                "{\"errors\":[" + (errors.length == 0 ? "" : "\"" + String.join("\",\"", errors) + "\"") + "]}\n");
    }

    /** A login's answer. */
    static Says token(String token, long seconds) {
        return says(
                200,
                "{\"request_id\":\"2e99c851\",\"lease_id\":\"\",\"renewable\":false,\"lease_duration\":0,\"data\":null,"
                        + "\"wrap_info\":null,\"warnings\":null,\"auth\":{\"client_token\":\"" + token
                        + "\",\"accessor\":\"a\",\"policies\":[\"default\"],\"metadata\":null,\"lease_duration\":"
                        + seconds + ",\"renewable\":true,\"entity_id\":\"\",\"token_type\":\"service\"}}\n");
    }

    static Says mount(String path, int version) {
        return data("{\"accessor\":\"kv_931f5d76\",\"config\":{\"default_lease_ttl\":0},\"description\":\"\","
                + "\"local\":false,\"options\":{\"version\":\"" + version + "\"},\"path\":\"" + path
                + "\",\"type\":\"kv\"}");
    }

    /** Answers a request line such as {@code GET /v1/secret/data/a}. */
    FakeVault on(String request, Says says) {
        return on(request, ignored -> says);
    }

    FakeVault on(String request, Function<Seen, Says> rule) {
        rules.put(request, rule);
        return this;
    }

    /** Answers in turn; the last answer stays. */
    FakeVault onTurns(String request, Says... says) {
        Deque<Says> turns = new ArrayDeque<>(List.of(says));
        return on(request, ignored -> {
            synchronized (turns) {
                return turns.size() > 1 ? turns.pollFirst() : turns.getFirst();
            }
        });
    }

    /** Mounts an engine: every path at or below it is its own. */
    FakeVault mounted(String path, int version) {
        return on("MOUNT " + path, mount(path, version));
    }

    List<String> requests() {
        return seen.stream()
                .map(request -> request.method() + " " + request.path())
                .toList();
    }

    long count(String request) {
        return requests().stream().filter(request::equals).count();
    }

    long probes() {
        return seen.stream()
                .filter(request -> request.path().startsWith("/v1/sys/internal/"))
                .count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Seen request = new Seen(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        seen.add(request);
        Says says = rule(request).map(rule -> rule.apply(request)).orElse(errors(404));
        says.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = says.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(says.status(), body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private Optional<Function<Seen, Says>> rule(Seen request) {
        Function<Seen, Says> exact = rules.get(request.method() + " " + request.path());
        String probed = "/v1/sys/internal/ui/mounts/";
        if (exact != null || !request.path().startsWith(probed)) {
            return Optional.ofNullable(exact);
        }
        String path = request.path().substring(probed.length()) + "/";
        return Optional.of(rules.keySet().stream()
                .filter(rule -> rule.startsWith("MOUNT ") && path.startsWith(rule.substring(6)))
                .findFirst()
                .map(rules::get)
                .orElse(ignored -> errors(
                        403,
                        "preflight capability check returned 403, please ensure client's policies grant access to path"
                                + " \\\"" + path + "\\\"")));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
