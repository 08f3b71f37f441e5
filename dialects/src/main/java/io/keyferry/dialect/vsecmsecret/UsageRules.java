package io.keyferry.dialect.vsecmsecret;

import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.Notice;
import io.keyferry.engine.content.OneLine;
import io.keyferry.engine.time.TimeSource;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Safe notes on its secrets and does not enforce itself: in which namespaces, and when, they may be used. */
final class UsageRules {
    private final VSecMSecretSettings settings;
    private final String namespace;
    private final TimeSource time;

    UsageRules(VSecMSecretSettings settings, String namespace, TimeSource time) {
        this.settings = settings;
        this.namespace = namespace;
        this.time = time;
    }

    /**
     * What is to be told though nothing is refused. To be asked before anything is told about what is in the secrets.
     *
     * @throws RecipeException if a rule that is enforced is broken
     */
    List<Notice> check(Collection<RawSecret> used, boolean nameless) throws RecipeException {
        if (nameless && settings.tenancy() == Strictness.ENFORCE) {
            throw Reason.NAMESPACE_NOT_ALLOWED.failure(
                    "Safe sends its only raw secret without its namespaces: register a second one, so that they are told");
        }
        Instant now = time.now();
        Optional<Notice> tenancy = judged(
                settings.tenancy(),
                Reason.NAMESPACE_NOT_ALLOWED,
                used,
                secret -> Optional.of(secret.namespaces()).filter(names -> !names.contains(namespace)),
                (secret, names) ->
                        "is not for namespace %s: add it with safe -n, or use another secret".formatted(namespace));
        Optional<Notice> expired = judged(
                settings.expiry(),
                Reason.EXPIRED,
                used,
                secret -> secret.expiresAfter().filter(end -> !now.isBefore(end)),
                (secret, end) -> "expired at %s: register it again with a later end".formatted(end));
        Optional<Notice> early = judged(
                settings.expiry(),
                Reason.NOT_YET_VALID,
                used,
                secret -> secret.notBefore().filter(now::isBefore),
                (secret, start) -> "is not valid before %s".formatted(start));
        return Stream.of(tenancy, expired, early).flatMap(Optional::stream).toList();
    }

    private interface Words<T> {
        String of(RawSecret secret, T what);
    }

    private static <T> Optional<Notice> judged(
            Strictness strictness,
            Reason reason,
            Collection<RawSecret> used,
            Function<RawSecret, Optional<T>> broken,
            Words<T> words)
            throws RecipeException {
        if (strictness == Strictness.OFF) {
            return Optional.empty();
        }
        String message = used.stream()
                .flatMap(secret -> broken.apply(secret).stream()
                        .map(what ->
                                "raw secret \"%s\" %s".formatted(OneLine.of(secret.name()), words.of(secret, what))))
                .collect(Collectors.joining("; "));
        if (message.isEmpty()) {
            return Optional.empty();
        }
        if (strictness == Strictness.ENFORCE) {
            throw reason.failure(message);
        }
        return Optional.of(new Notice(reason.text(), message));
    }
}
