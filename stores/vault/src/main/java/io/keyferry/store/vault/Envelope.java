package io.keyferry.store.vault;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands in an answer of Vault, read as the Go client's {@code ParseSecret} and {@code Logical.Read} do.
 *
 * @param data the {@code data} object; empty if null, absent, or if the body was empty
 * @param warnings what Vault had to remark
 * @param auth the {@code auth} object, if there is one
 * @param usable whether the answer says anything; only a 404 may not
 */
record Envelope(Optional<JsonSlice> data, List<String> warnings, Optional<JsonSlice> auth, boolean usable) {
    private static final Set<String> STANDARD = Set.of(
            "request_id",
            "lease_id",
            "lease_duration",
            "renewable",
            "data",
            "warnings",
            "auth",
            "wrap_info",
            "mount_type");

    /** @throws VaultError if the body is not what Vault answers; the message quotes nothing of it */
    static Envelope of(Answer answer) throws VaultError {
        if (answer.body().length == 0) {
            return new Envelope(Optional.empty(), List.of(), Optional.empty(), !answer.isNotFound());
        }
        try {
            return of(JsonSlice.of(answer.body()), answer.isNotFound());
        } catch (JsonFault e) {
            throw malformed(answer);
        }
    }

    private static Envelope of(JsonSlice body, boolean notFound) throws JsonFault {
        Map<String, JsonSlice> members = body.members();
        Optional<JsonSlice> data = object(members.get("data"));
        JsonSlice remarks = members.get("warnings");
        List<String> warnings = remarks == null || remarks.isNull() ? List.of() : remarks.strings();
        if (isRaw(members)) {
            data = Optional.of(body);
        }
        boolean usable = !notFound
                || !warnings.isEmpty()
                || (data.isPresent() && !data.get().members().isEmpty());
        return new Envelope(data, warnings, object(members.get("auth")), usable);
    }

    /** Whether the body has none of Vault's frame: an engine that answers with its document alone. */
    private static boolean isRaw(Map<String, JsonSlice> members) {
        boolean framed = members.entrySet().stream()
                .anyMatch(member ->
                        STANDARD.contains(member.getKey()) && !member.getValue().isZero());
        return !framed && !members.isEmpty() && !members.containsKey("errors");
    }

    private static Optional<JsonSlice> object(@Nullable JsonSlice value) throws JsonFault {
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isObject()) {
            throw new JsonFault();
        }
        return Optional.of(value);
    }

    static VaultError malformed(Answer answer) {
        return VaultError.invalid("could not parse the answer to " + answer.call() + " (code " + answer.status()
                + "): it is not the JSON that Vault writes");
    }
}
