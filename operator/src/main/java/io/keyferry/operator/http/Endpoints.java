package io.keyferry.operator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.keyferry.operator.config.BindAddress;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLParameters;

/** Small HTTP servers, one per address, that answer GET. */
public final class Endpoints implements AutoCloseable {
    private static final int STOP_SECONDS = 0;
    private static final String BEARER = "Bearer ";
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final Answer NOT_FOUND = new Answer(404, "text/plain; charset=utf-8", "");

    /** What a path answers. */
    @FunctionalInterface
    public interface Page {
        Answer get() throws IOException;
    }

    /**
     * A request as far as answers depend on it.
     *
     * @param path the path, decoded
     * @param query the raw query, empty for none
     * @param bearer the bearer token, if there is one
     */
    public record Request(String path, String query, Optional<String> bearer) {
        @Override
        public String toString() {
            return path;
        }
    }

    /** What a path and all below it answer. */
    @FunctionalInterface
    public interface Pages {
        Answer get(Request request) throws IOException, InterruptedException;
    }

    /** A body and its status code. */
    public record Answer(int status, String contentType, String body) {}

    private final Map<BindAddress, HttpServer> servers = new LinkedHashMap<>();

    /**
     * Has an address speak TLS from the start. To be called before anything is served there.
     *
     * @throws IOException if the address is taken; the message names it
     */
    public void secure(BindAddress address, Certificate certificate) throws IOException {
        HttpsServer server = listen(address, () -> HttpsServer.create(address.socketAddress(), 0));
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = getSSLContext().getDefaultSSLParameters();
                tls.setProtocols(PROTOCOLS);
                parameters.setSSLParameters(tls);
            }
        });
        server.start();
        servers.put(address, server);
    }

    /** @throws IOException if the address is taken; the message names it */
    public void serve(BindAddress address, String path, Page page) throws IOException {
        serve(address, path, (Request request) -> request.path().equals(path) ? page.get() : NOT_FOUND);
    }

    /**
     * Answers a path and all below it.
     *
     * @throws IOException if the address is taken; the message names it
     */
    public void serve(BindAddress address, String path, Pages pages) throws IOException {
        HttpServer server = servers.get(address);
        if (server == null) {
            server = listen(address, () -> HttpServer.create(address.socketAddress(), 0));
            server.start();
            servers.put(address, server);
        }
        server.createContext(path, exchange -> answer(exchange, pages));
    }

    private interface Creation<S> {
        S make() throws IOException;
    }

    private static <S extends HttpServer> S listen(BindAddress address, Creation<S> creation) throws IOException {
        try {
            S server = creation.make();
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            return server;
        } catch (SocketException e) {
            throw new BindException(
                    "cannot listen on %s:%d: %s".formatted(address.host(), address.port(), e.getMessage()));
        }
    }

    private static void answer(HttpExchange exchange, Pages pages) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")
                    && !exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(405, -1);
            } else {
                send(exchange, pages.get(request(exchange)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request request(HttpExchange exchange) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        boolean isBearer = authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
        String query = exchange.getRequestURI().getRawQuery();
        return new Request(
                exchange.getRequestURI().getPath(),
                query == null ? "" : query,
                isBearer && authorization != null
                        ? Optional.of(authorization.substring(BEARER.length()).strip())
                        : Optional.empty());
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        servers.values().forEach(server -> server.stop(STOP_SECONDS));
    }
}
