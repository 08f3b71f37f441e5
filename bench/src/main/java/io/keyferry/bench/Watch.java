package io.keyferry.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A watch that costs as little as possible, for it runs beside what is measured. */
final class Watch implements AutoCloseable {
    /** One line of a watch; its JSON is looked at as text. */
    record Event(String json) {
        boolean is(String type) {
            return json.startsWith("{\"type\":\"" + type + '"');
        }

        /** The object's name: the first one in the text, as the API server writes it. */
        String name() {
            int start = json.indexOf("\"name\":\"") + 8;
            return json.substring(start, json.indexOf('"', start));
        }
    }

    private final HttpClient http;
    private volatile boolean closed;

    private Watch(HttpClient http) {
        this.http = http;
    }

    /** Returns when the watch stands. What exists already is told of first, as added. */
    static Watch on(ApiServer server, String collection, Consumer<Event> listener)
            throws IOException, InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(server.tls())
                .build();
        HttpRequest request = HttpRequest.newBuilder(server.address().resolve(collection + "?watch=true"))
                .header("Authorization", "Bearer " + server.token())
                .build();
        InputStream first = open(http, request);
        Watch watch = new Watch(http);
        Thread.ofPlatform().daemon().name("watch").start(() -> watch.follow(first, request, listener));
        return watch;
    }

    private static InputStream open(HttpClient http, HttpRequest request) throws IOException, InterruptedException {
        var answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw new IOException("watching " + request.uri() + ": " + answer.statusCode());
        }
        return answer.body();
    }

    /** The API server ends the watch of whoever is too slow for it, as may happen on a busy machine. */
    private void follow(InputStream first, HttpRequest request, Consumer<Event> listener) {
        try {
            for (InputStream stream = first; !closed; stream = open(http, request)) {
                read(stream, listener);
            }
        } catch (IOException | InterruptedException e) {
            if (!closed) {
                throw new IllegalStateException("the watch ended", e);
            }
        }
    }

    private void read(InputStream stream, Consumer<Event> listener) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8), 65_536)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                listener.accept(new Event(line));
            }
        } catch (IOException e) {
            if (!closed) {
                System.err.println("a watch broke and is opened anew");
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        http.shutdownNow();
    }
}
