package io.keyferry.store.vsecm;

import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.engine.store.StoreFailure.Phase;
import io.keyferry.json.JsonException;
import io.keyferry.store.vsecm.spiffe.SpiffeException;

/** What the engine should make of a Safe's refusals, and words for the user: the URL, what happened, and the remedy. */
final class VsecmFailures {
    private VsecmFailures() {}

    static StoreException of(SafeAddress safe, SpiffeException e) {
        String what = e.getMessage() == null ? "no answer" : e.getMessage();
        return switch (e.fault()) {
            case IDENTITY_UNAVAILABLE ->
                failure(Kind.UNAVAILABLE, Phase.AUTHENTICATE, "IdentityUnavailable", safe, "no SVID: " + what);
            case IDENTITY_REJECTED ->
                failure(
                        Kind.DENIED,
                        Phase.AUTHENTICATE,
                        "IdentityRejected",
                        safe,
                        what
                                + "; check that this process's SPIFFE ID is a workload ID that this Safe knows, and its trust bundle");
            case PEER_UNTRUSTED ->
                failure(
                        Kind.DENIED,
                        Phase.AUTHENTICATE,
                        "PeerUntrusted",
                        safe,
                        what + "; nothing was sent; check the URL, VSECM_SPIFFEID_PREFIX_SAFE and the trust bundle");
            case UNREACHABLE -> failure(Kind.UNAVAILABLE, Phase.READ, "NotReady", safe, what);
            case MALFORMED -> failure(Kind.INVALID, Phase.READ, "Malformed", safe, what);
        };
    }

    /** @param status other than 200 and 404 */
    static StoreException ofStatus(SafeAddress safe, int status) {
        return switch (status) {
            case 400 ->
                failure(
                        Kind.INVALID,
                        Phase.READ,
                        "AmbiguousRejected",
                        safe,
                        "status 400: Safe has no root key yet, or the path or this process's SPIFFE ID is wrong for it");
            case 500 ->
                failure(Kind.UNAVAILABLE, Phase.READ, "NotReady", safe, "status 500: Safe cannot read what it stores");
            case 503 ->
                failure(
                        Kind.UNAVAILABLE,
                        Phase.READ,
                        "NotReady",
                        safe,
                        "status 503: Safe's backing store is not ready");
            default ->
                failure(
                        Kind.INVALID,
                        Phase.READ,
                        "Malformed",
                        safe,
                        "status %d, which Safe does not answer; redirects are not followed; check the URL"
                                .formatted(status));
        };
    }

    static StoreException malformed(SafeAddress safe, JsonException fault) {
        return failure(Kind.INVALID, Phase.READ, "Malformed", safe, "the answer is " + fault.getMessage());
    }

    static StoreException notAllowed(SafeAddress safe) {
        return failure(
                Kind.DENIED, Phase.READ, "SafeNotAllowed", safe, "not among the Safes in KEYFERRY_VSECM_ALLOWED_URLS");
    }

    static StoreException misuse(String problem) {
        return new StoreException(new StoreFailure(Kind.INVALID, Phase.READ, problem).because("Malformed"));
    }

    private static StoreException failure(Kind kind, Phase phase, String reason, SafeAddress safe, String words) {
        return new StoreException(new StoreFailure(kind, phase, safe + ": " + words).because(reason));
    }
}
