package io.keyferry.operator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keyferry.operator.config.BindAddress;
import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/** Small HTTP servers, one per address, that answer GET. */
public final class Endpoints implements AutoCloseable {
    private static final int STOP_SECONDS = 0;

    /** What a path answers. */
    @FunctionalInterface
    public interface Page {
        Answer get() throws IOException;
    }

    /** A body and its status code. */
    public record Answer(int status, String contentType, String body) {}

    private final Map<BindAddress, HttpServer> servers = new LinkedHashMap<>();

    /** @throws IOException if the address is taken; the message names it */
    public void serve(BindAddress address, String path, Page page) throws IOException {
        HttpServer server = servers.get(address);
        if (server == null) {
            server = bind(address);
            servers.put(address, server);
        }
        server.createContext(path, exchange -> answer(exchange, path, page));
    }

    private static HttpServer bind(BindAddress address) throws IOException {
        try {
            HttpServer server = HttpServer.create(address.socketAddress(), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return server;
        } catch (BindException e) {
            throw new BindException(
                    "cannot listen on %s:%d: %s".formatted(address.host(), address.port(), e.getMessage()));
        }
    }

    private static void answer(HttpExchange exchange, String path, Page page) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(path)) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!exchange.getRequestMethod().equals("GET")
                    && !exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(405, -1);
            } else {
                send(exchange, page.get());
            }
        }
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
