package io.keyferry.kubernetes.secret;

import java.util.Set;

/**
 * What an object named until lately and names no more: it goes, whoever else has written it. Those who wrote a Secret before us
 * are not distinguished from others by the API server.
 */
public record Abandoned(Set<String> data, Set<String> labels, Set<String> annotations) {
    private static final Abandoned NOTHING = new Abandoned(Set.of(), Set.of(), Set.of());

    public Abandoned {
        data = Set.copyOf(data);
        labels = Set.copyOf(labels);
        annotations = Set.copyOf(annotations);
    }

    public static Abandoned nothing() {
        return NOTHING;
    }
}
