package io.keyferry.store.vault;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.store.StoreFailure.Phase;
import io.keyferry.engine.time.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Vault's {@code auth/…/login} with a ServiceAccount's JWT, and the renewal of the token it gave. */
final class Login {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    private final VaultClient client;
    private final TokenSource tokens;
    private final TimeSource time;

    Login(VaultClient client, TokenSource tokens, TimeSource time) {
        this.client = client;
        this.tokens = tokens;
        this.time = time;
    }

    /** Logs in with a fresh JWT. Failures have the phase {@code AUTHENTICATE} and the original's words. */
    Lease login(Endpoint endpoint, Identity.ServiceAccount account) throws StoreException, InterruptedException {
        long start;
        Answer answer;
        try {
            String jwt = tokens.request(account.namespace(), account.name(), account.audience());
            start = time.nanos();
            answer = client.put(endpoint, "", ApiPath.join(account.loginPath()), request(account.role(), jwt), jwt);
        } catch (TokenRequestException e) {
            throw new StoreException(new StoreFailure(
                    e.kind(), Phase.AUTHENTICATE, "retrieve token: could not fetch JWT token: " + e.getMessage()));
        } catch (VaultError e) {
            throw e.prefixed("retrieve token: failed to login to Vault with JWT: ")
                    .at(Phase.AUTHENTICATE);
        }
        try {
            return lease(answer, start);
        } catch (VaultError e) {
            throw e.prefixed("retrieve token: ").at(Phase.AUTHENTICATE);
        }
    }

    /** Renews a token for as long as Vault lets it; empty if that brings no longer life. */
    Optional<Lease> renew(Endpoint endpoint, Lease lease) throws InterruptedException {
        try {
            long start = time.nanos();
            Answer answer = client.put(endpoint, lease.token(), "auth/token/renew-self", NOTHING, "");
            Lease renewed = lease(answer, start);
            return renewed.token().equals(lease.token()) && renewed.outlives(lease)
                    ? Optional.of(renewed)
                    : Optional.empty();
        } catch (VaultError e) {
            return Optional.empty();
        }
    }

    static Lease lease(Answer answer, long start) throws VaultError {
        Map<String, JsonSlice> auth;
        String token;
        try {
            auth = Envelope.of(answer)
                    .auth()
                    .orElseThrow(() -> VaultError.invalid("it has no auth.client_token"))
                    .members();
            token = token(auth);
        } catch (VaultError e) {
            throw e.prefixed("could not read auth token from response: ");
        } catch (JsonFault e) {
            throw Envelope.malformed(answer).prefixed("could not read auth token from response: ");
        }
        JsonSlice renewable = auth.get("renewable");
        return Lease.of(
                token,
                start,
                seconds(auth),
                renewable != null && renewable.text().equals("true"));
    }

    private static String token(Map<String, JsonSlice> auth) throws VaultError, JsonFault {
        JsonSlice token = auth.get("client_token");
        if (token == null || token.isZero()) {
            throw VaultError.invalid("it has no auth.client_token");
        }
        return token.string();
    }

    private static long seconds(Map<String, JsonSlice> auth) throws VaultError {
        JsonSlice duration = auth.get("lease_duration");
        String text = duration == null || duration.isNull() ? "0" : duration.text();
        if (!text.matches("[0-9]{1,18}")) {
            throw VaultError.invalid(
                    "could not read auth token TTL from response: auth.lease_duration is not a number of seconds");
        }
        return Long.parseLong(text);
    }

    static byte[] request(String role, String jwt) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("role", role);
            json.writeStringField("jwt", jwt);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
