package io.keyferry.dialect.syncedsecret;

import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.OneLine;
import java.util.List;

/**
 * How messages call AWS secrets. A template may take a secret's value for the name of another one, so that only names
 * are told which the object itself holds, or which are listed.
 */
final class SecretNames {
    private final List<String> written;
    private final AwsReader aws;

    /** @param written the object's own names and templates */
    SecretNames(List<String> written, AwsReader aws) {
        this.written = List.copyOf(written);
        this.aws = aws;
    }

    /** For example {@code AWS secret "db"}. */
    String of(String id) throws RecipeException, InterruptedException {
        return isPublic(id)
                ? "AWS secret \"%s\"".formatted(OneLine.of(id))
                : "an AWS secret that a template looks up by a name which stands in no listing";
    }

    boolean isPublic(String id) throws RecipeException, InterruptedException {
        return written.stream().anyMatch(text -> text.contains(id))
                || aws.listing().items().containsKey(id);
    }
}
