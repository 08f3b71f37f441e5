package io.keyferry.store.vault;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Vault's HTTP conventions: headers, the one redirect to the active node, repeated attempts, errors. */
final class VaultClient {
    private final Wire http;
    private final VaultConfig config;
    private final ErrorAnswers errors;
    private final RetryPause pause;

    VaultClient(Wire http, VaultConfig config, ErrorAnswers errors, RetryPause pause) {
        this.http = http;
        this.config = config;
        this.errors = errors;
        this.pause = pause;
    }

    /**
     * Reads an API path.
     *
     * @param apiPath clean, without {@code /v1/}
     * @param query encoded, empty for none
     * @return an answer that is a success or a 404, whose body may still be of use
     */
    Answer get(Endpoint endpoint, String token, String apiPath, String query) throws VaultError, InterruptedException {
        Answer answer = exchange(endpoint, "GET", apiPath, query, token, new byte[0], List.of(token));
        if (!answer.isSuccess() && !answer.isNotFound()) {
            throw errors.of(answer);
        }
        return answer;
    }

    /**
     * Writes a JSON document to an API path; the answer is a success.
     *
     * @param secret what in the document must not appear in messages
     */
    Answer put(Endpoint endpoint, String token, String apiPath, byte[] json, String secret)
            throws VaultError, InterruptedException {
        Answer answer = exchange(endpoint, "PUT", apiPath, "", token, json, List.of(token, secret));
        if (!answer.isSuccess()) {
            throw errors.of(answer);
        }
        return answer;
    }

    /**
     * Sends any request; the answer is a success.
     *
     * @param json the body, empty for none
     * @param secrets what in the body must not appear in messages
     */
    Answer send(Endpoint endpoint, String token, String method, String apiPath, byte[] json, List<String> secrets)
            throws VaultError, InterruptedException {
        List<String> confided = new ArrayList<>(secrets);
        confided.add(token);
        Answer answer = exchange(endpoint, method, apiPath, "", token, json, confided);
        if (!answer.isSuccess()) {
            throw errors.of(answer);
        }
        return answer;
    }

    private Answer exchange(
            Endpoint endpoint,
            String method,
            String apiPath,
            String query,
            String token,
            byte[] body,
            List<String> secrets)
            throws VaultError, InterruptedException {
        URI url = endpoint.address().url(apiPath, query);
        Call call = new Call(method, url, headers(endpoint, token, body.length > 0), body, secrets);
        Wire wire = endpoint.address()
                .socket()
                .<Wire>map(path -> new SocketWire(path, config))
                .orElse(http);
        Answer answer = repeated(wire, call);
        boolean redirect = answer.status() == 301 || answer.status() == 302 || answer.status() == 307;
        return redirect ? repeated(wire, call.to(location(answer, endpoint.address()))) : answer;
    }

    private Answer repeated(Wire wire, Call call) throws VaultError, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            VaultError error;
            try {
                Answer answer = wire.exchange(call);
                if (answer.status() < 400 || answer.isNotFound()) {
                    return answer;
                }
                error = errors.of(answer);
            } catch (VaultError e) {
                error = e;
            }
            if (attempt > config.maxRetries() || !error.isPassing() || !pause.before(attempt, error.retryAfter())) {
                throw error;
            }
        }
    }

    private static Map<String, String> headers(Endpoint endpoint, String token, boolean hasBody) throws VaultError {
        if (!isPrintable(token)) {
            throw VaultError.invalid("configured Vault token contains non-printable characters and cannot be used");
        }
        if (!isPrintable(endpoint.namespace())) {
            throw VaultError.invalid("the Vault namespace contains characters that cannot be used");
        }
        Map<String, String> headers = new HashMap<>();
        headers.put("X-Vault-Request", "true");
        headers.put("User-Agent", "keyferry");
        endpoint.address().authorization().ifPresent(value -> headers.put("Authorization", value));
        if (!token.isEmpty()) {
            headers.put("X-Vault-Token", token);
        }
        if (!endpoint.namespace().isEmpty()) {
            headers.put("X-Vault-Namespace", endpoint.namespace());
        }
        if (hasBody) {
            headers.put("Content-Type", "application/json");
        }
        return headers;
    }

    private static boolean isPrintable(String value) {
        return value.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }

    private static URI location(Answer answer, VaultAddress address) throws VaultError {
        URI from = answer.call().url();
        URI target;
        try {
            target = from.resolve(answer.header("location").orElse(""));
        } catch (IllegalArgumentException e) {
            throw VaultError.invalid(answer.call().label() + ": failed to parse Location header");
        }
        boolean http = "http".equalsIgnoreCase(target.getScheme());
        if (address.socket().isPresent()
                || target.getHost() == null
                || (!http && !"https".equalsIgnoreCase(target.getScheme()))) {
            throw VaultError.invalid(answer.call().label() + ": redirect to an address that cannot be followed");
        }
        if (http && "https".equals(from.getScheme())) {
            throw VaultError.invalid("redirect would cause protocol downgrade");
        }
        String authority = target.getHost() + (target.getPort() < 0 ? "" : ":" + target.getPort());
        String path = target.getRawPath() == null ? "" : target.getRawPath();
        String query = from.getRawQuery() == null ? "" : "?" + from.getRawQuery();
        return URI.create(target.getScheme() + "://" + authority + path + query);
    }
}
