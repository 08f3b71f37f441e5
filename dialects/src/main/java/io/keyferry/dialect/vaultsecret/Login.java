package io.keyferry.dialect.vaultsecret;

import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.read.SecretReader;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.StoreException;
import io.keyferry.kubernetes.secret.SecretName;
import io.keyferry.kubernetes.secret.SecretSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** As whom Vault is read. */
sealed interface Login {
    /** Who that is now. */
    Identity identity(SecretReader reader) throws RecipeException, InterruptedException;

    /** What the object itself says. */
    record Known(Identity identity) implements Login {
        @Override
        public Identity identity(SecretReader reader) {
            return identity;
        }
    }

    /** The bearer of a token in a Secret of the object's namespace; another token is another identity. */
    record TokenInSecret(SecretName secret, String key) implements Login {
        @Override
        public Identity identity(SecretReader reader) throws RecipeException, InterruptedException {
            Reading reading;
            try {
                reading = reader.read(SecretSource.ACCESS, SecretSource.reference(secret));
            } catch (StoreException e) {
                throw failed(e.failure().message(), e);
            }
            if (!(reading instanceof Reading.Found found)) {
                throw failed("Secret %s of spec.auth.tokenSecretRef doesn't exist".formatted(secret), null);
            }
            String token = JsonReader.members(found.value()).get(key) instanceof Json.Text text
                    ? new String(Base64.getDecoder().decode(text.value()), StandardCharsets.UTF_8).strip()
                    : "";
            if (token.isEmpty()) {
                throw failed("Secret %s of spec.auth.tokenSecretRef holds no key \"%s\"".formatted(secret, key), null);
            }
            return new Identity.Token(SecretValue.utf8(token));
        }

        private static RecipeException failed(String message, @Nullable StoreException cause) {
            return RecipeException.source(Reason.VAULT_FAILED.problem("retrieve token: " + message), cause);
        }
    }
}
