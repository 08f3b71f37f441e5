package io.keyferry.dialect.vaultsync;

import io.keyferry.engine.Recipe;
import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.read.SecretReader;
import java.util.Optional;
import java.util.SortedMap;

/** All keys of one Secret. */
final class WholeSecretRecipe implements Recipe {
    private final String namespace;
    private final String secret;
    private final boolean optional;
    private final Binary binary;

    /** @param optional whether it is in order that there is no such Secret */
    WholeSecretRecipe(String namespace, String secret, boolean optional, Binary binary) {
        this.namespace = namespace;
        this.secret = secret;
        this.optional = optional;
        this.binary = binary;
    }

    @Override
    public SecretContent evaluate(SecretReader reader) throws RecipeException, InterruptedException {
        SecretData secrets = new SecretData(reader, namespace, "");
        Optional<SortedMap<String, SecretValue>> found = secrets.find(secret);
        if (found.isEmpty() && optional) {
            throw Reason.NOTHING_TO_WRITE.rejection("the optional secret %s does not exist".formatted(secret));
        }
        return Content.of(found.isPresent() ? found.get() : secrets.require(secret), binary);
    }
}
