package io.keyferry.store.vault;

import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.engine.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads answers that are errors, and puts them in the layout of the Vault Go client's {@code ResponseError}. */
final class ErrorAnswers {
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);

    private final TimeSource time;

    ErrorAnswers(TimeSource time) {
        this.time = time;
    }

    VaultError of(Answer answer) {
        return VaultError.answered(kind(answer.status()), answer.status(), layout(answer), retryAfter(answer));
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 401, 403 -> Kind.DENIED;
            case 429 -> Kind.THROTTLED;
            // 412: a replica that lags; 472, 473: a standby; all pass.
            case 408, 412, 472, 473 -> Kind.UNAVAILABLE;
            default -> status >= 500 ? Kind.UNAVAILABLE : Kind.INVALID;
        };
    }

    private static String layout(Answer answer) {
        String namespace = answer.header("x-vault-namespace").orElse("");
        Optional<List<String>> errors = errors(answer.body());
        return "Error making API request.\n\n"
                + (namespace.isEmpty() || namespace.equals("root/")
                        ? ""
                        : "Namespace: " + Texts.plain(namespace) + "\n")
                + "URL: " + answer.call() + "\n"
                + "Code: " + answer.status() + ". "
                + errors.map(list -> "Errors:\n\n"
                                + list.stream()
                                        .limit(20)
                                        .map(error ->
                                                "* " + Texts.plain(answer.call().redact(error)))
                                        .collect(Collectors.joining("\n")))
                        .orElseGet(() -> "Raw Message:\n\n" + raw(answer));
    }

    private static Optional<List<String>> errors(byte[] body) {
        try {
            Map<String, JsonSlice> members = JsonSlice.of(body).members();
            JsonSlice errors = members.get("errors");
            return Optional.of(errors == null || errors.isNull() ? List.of() : errors.strings());
        } catch (JsonFault e) {
            return Optional.empty();
        }
    }

    private static String raw(Answer answer) {
        String text = new String(answer.body(), 0, Math.min(answer.body().length, 65536), StandardCharsets.UTF_8);
        return Texts.plain(answer.call().redact(text));
    }

    private Optional<Duration> retryAfter(Answer answer) {
        return answer.header("retry-after").flatMap(this::parse).map(wait -> {
            Duration positive = wait.isNegative() ? Duration.ZERO : wait;
            return positive.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : positive;
        });
    }

    private Optional<Duration> parse(String header) {
        String value = header.strip();
        if (!value.isEmpty() && value.length() <= 9 && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
            return Optional.of(Duration.between(time.now(), until));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
