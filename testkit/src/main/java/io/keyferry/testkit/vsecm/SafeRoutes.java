package io.keyferry.testkit.vsecm;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyferry.testkit.IncomingRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Which request gets which answer. The path is compared decoded and without its query, as Safe does. */
final class SafeRoutes {
    private static final String WORKLOAD = "/workload/v1/secrets";
    private static final String SENTINEL = "/sentinel/v1/secrets";
    private static final String KEYS = "/sentinel/v1/keys";
    private static final String KEYSTONE = "/sentinel/v1/keystone";

    private final SafeSecrets secrets;
    private final SafeKnobs knobs;

    SafeRoutes(SafeSecrets secrets, SafeKnobs knobs) {
        this.secrets = secrets;
        this.knobs = knobs;
    }

    SafeAnswer answer(IncomingRequest request, Caller caller) {
        String path = path(request.target());
        boolean post = request.method().equals("POST");
        if (!knobs.hasRootKey() && !(post && path.equals(KEYS))) {
            return new SafeAnswer.Body(400, post ? "NOK!" : "");
        }
        return switch (request.method() + " " + path) {
            case "GET " + WORKLOAD -> knobs.trouble().orElseGet(() -> secrets.fetch(caller));
            case "POST " + WORKLOAD -> new SafeAnswer.Panic();
            case "GET " + SENTINEL -> forSentinel(caller, () -> secrets.list(false));
            case "GET " + SENTINEL + "?reveal=true" -> forSentinel(caller, () -> secrets.list(true));
            case "POST " + SENTINEL -> caller.mayWrite() ? withBody(request, secrets::upsert) : SafeAnswer.rejected();
            case "DELETE " + SENTINEL ->
                caller.isSentinel() ? withBody(request, secrets::delete) : SafeAnswer.rejected();
            case "POST " + KEYS -> caller.isSentinel() ? withBody(request, this::keys) : SafeAnswer.rejected();
            case "GET " + KEYSTONE ->
                forSentinel(
                        caller,
                        () -> SafeAnswer.ok(
                                knobs.isInitialised() ? "{\"status\":\"ready\"}" : "{\"status\":\"pending\"}"));
            default -> SafeAnswer.rejected();
        };
    }

    private SafeAnswer forSentinel(Caller caller, Supplier<SafeAnswer> answer) {
        return caller.isSentinel() ? knobs.trouble().orElseGet(answer) : SafeAnswer.rejected();
    }

    private SafeAnswer withBody(IncomingRequest request, Function<JsonNode, SafeAnswer> action) {
        Optional<JsonNode> body =
                GoJson.read(new String(request.body(), StandardCharsets.UTF_8)).filter(JsonNode::isObject);
        return body.isEmpty() ? SafeAnswer.rejected() : knobs.trouble().orElseGet(() -> action.apply(body.get()));
    }

    private SafeAnswer keys(JsonNode request) {
        boolean blank = Stream.of("ageSecretKey", "agePublicKey", "aesCipherKey")
                .anyMatch(field -> request.path(field).asText("").isBlank());
        if (blank) {
            return SafeAnswer.ok("");
        }
        knobs.rootKey(true);
        return SafeAnswer.ok("OK");
    }

    /** Decoded as in a URL's path, where a plus is a plus. */
    private static String path(String target) {
        int query = target.indexOf('?');
        String raw = query < 0 ? target : target.substring(0, query);
        try {
            return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return raw;
        }
    }
}
