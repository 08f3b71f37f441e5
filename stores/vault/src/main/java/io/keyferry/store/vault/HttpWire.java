package io.keyferry.store.vault;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** HTTP/1.1 over pooled connections: one JDK client for all addresses and identities, without cookies. */
final class HttpWire implements Wire {
    private final HttpClient client;
    private final Duration timeout;
    private final int maxBytes;

    HttpWire(VaultConfig config) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.connectTimeout())
                .proxy(config.proxies())
                .executor(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("vault-http-", 0).factory()));
        config.tls().ifPresent(tls -> builder.sslContext(tls.context()).sslParameters(tls.parameters()));
        client = builder.build();
        timeout = config.requestTimeout();
        maxBytes = config.maxResponseBytes();
    }

    @Override
    public Answer exchange(Call call) throws VaultError, InterruptedException {
        AtomicBoolean answered = new AtomicBoolean();
        CompletableFuture<HttpResponse<byte[]>> pending = client.sendAsync(request(call), head -> {
            answered.set(true);
            return new BoundedBody(maxBytes);
        });
        try {
            HttpResponse<byte[]> response = pending.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return new Answer(call, response.statusCode(), headers(response), response.body());
        } catch (TimeoutException e) {
            throw NetworkErrors.timeout(call, answered.get());
        } catch (ExecutionException e) {
            throw NetworkErrors.of(call, e.getCause() instanceof IOException io ? io : new IOException(e.getCause()));
        } finally {
            pending.cancel(true);
        }
    }

    private static HttpRequest request(Call call) throws VaultError {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(call.url())
                    .method(
                            call.method(),
                            call.body().length == 0
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofByteArray(call.body()));
            call.headers().forEach(request::header);
            return request.build();
        } catch (IllegalArgumentException e) {
            // The message may quote a header.
            throw VaultError.invalid(call.label() + ": the request cannot be expressed in HTTP");
        }
    }

    private static Map<String, String> headers(HttpResponse<?> response) {
        Map<String, String> headers = new HashMap<>();
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return headers;
    }
}
