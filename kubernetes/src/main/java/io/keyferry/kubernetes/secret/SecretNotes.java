package io.keyferry.kubernetes.secret;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody wrote onto a Secret for us to act on, in plain text. Nothing of its data is in here.
 *
 * @param created when the Secret was created, as the API server writes it
 * @param annotations those whose names begin as {@link NotePrefixes} says
 * @param finalizers all of them, in their order
 * @param deleted since when the Secret is being deleted, as the API server writes it
 */
public record SecretNotes(
        String uid,
        String created,
        Map<String, String> annotations,
        List<String> finalizers,
        Optional<String> deleted) {
    public SecretNotes {
        annotations = Map.copyOf(annotations);
        finalizers = List.copyOf(finalizers);
    }
}
