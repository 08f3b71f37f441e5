package io.keyferry.engine.content;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a recipe wants its target to hold.
 *
 * @param data entry name to value; names are checked by the dialect, sizes by the target
 * @param labels labels the recipe sets; others on the target are not its business
 * @param annotations annotations the recipe sets; others on the target are not its business
 * @param type the Kubernetes Secret type, for example {@code Opaque}; targets other than Secrets ignore it
 * @param vacant that every source the recipe names turned out to be gone, so that this content is empty by accident
 *     rather than by intent; {@link io.keyferry.engine.target.Guard} decides what to do about it
 * @param notices what the recipe has to tell the user although it succeeded
 */
public record SecretContent(
        Map<String, SecretValue> data,
        Map<String, String> labels,
        Map<String, String> annotations,
        String type,
        boolean vacant,
        List<Notice> notices) {

    private static final SecretContent NOTHING = new SecretContent(Map.of(), Map.of(), Map.of(), "", false, List.of());

    public SecretContent {
        data = Collections.unmodifiableMap(new TreeMap<>(data));
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
        notices = List.copyOf(notices);
    }

    /** No data and nothing to say about it. */
    public static SecretContent nothing() {
        return NOTHING;
    }
}
