package io.keyferry.store.aws;

import io.keyferry.testkit.Aws;
import io.keyferry.testkit.Fault;
import java.util.Map;

/** Answers as AWS gives them and moto does not. */
final class Answers {
    private static final int FOR_EVER = 100_000;

    private Answers() {}

    static void to(Aws aws, String action, String json) {
        inject(aws, action, new Fault.Answer(200, headers(), json));
    }

    static void error(Aws aws, String action, int status, String code) {
        inject(aws, action, new Fault.Answer(status, headers(), errorBody(code)));
    }

    static void throttled(Aws aws, String action, String retryAfter) {
        inject(
                aws,
                action,
                new Fault.Answer(
                        429,
                        Map.of("Content-Type", "application/x-amz-json-1.1", "Retry-After", retryAfter),
                        errorBody("TooManyRequestsException")));
    }

    static void inject(Aws aws, String action, Fault fault) {
        aws.proxy().inject(request -> request.action().equals(action), fault, FOR_EVER);
    }

    private static Map<String, String> headers() {
        return Map.of("Content-Type", "application/x-amz-json-1.1");
    }

    private static String errorBody(String code) {
        return "{\"__type\":\"%s\",\"message\":\"AWS says why\\nand more\"}".formatted(code);
    }
}
