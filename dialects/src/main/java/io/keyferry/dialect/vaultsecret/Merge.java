package io.keyferry.dialect.vaultsecret;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Merges secrets into one tree: where prefix and path become nodes, and which keys are glued to a prefix. */
final class Merge {
    private static final int MOST_SEGMENTS = 100;

    private final Node root = new Node();

    /**
     * Adds one secret.
     *
     * @param relative the secret's path without the source's base; empty for a concrete path
     */
    void add(String prefix, String relative, SortedMap<String, Json> secret) throws ConflictException {
        String path = prefix + relative;
        Node node = root;
        String glue = "";
        if (!path.isEmpty()) {
            List<String> segments = Arrays.asList(path.split("/", -1));
            if (relative.isEmpty()) {
                glue = segments.getLast();
                segments = segments.subList(0, segments.size() - 1);
            }
            if (segments.size() > MOST_SEGMENTS) {
                throw ConflictException.tooDeep(MOST_SEGMENTS);
            }
            for (String segment : segments) {
                node = node.node(segment);
            }
        }
        for (Map.Entry<String, Json> entry : secret.entrySet()) {
            node.put(glue + entry.getKey(), entry.getValue());
        }
    }

    Json.Members result() {
        return root.json();
    }
}
