package io.keyferry.dialect.vsecmsecret;

import io.keyferry.kubernetes.secret.Abandoned;
import io.keyferry.kubernetes.secret.SecretName;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each object has named in its Secret since that was last as wanted. A Secret that the original made and that was right
 * bears no sign that what is in it is ours, so that what an edit drops would stay.
 */
final class Mentions {
    private record Keys(Set<String> data, Set<String> labels, Set<String> annotations) {
        static Keys of(Wish wish) {
            return new Keys(keys(wish.data()), keys(wish.labels()), keys(wish.annotations()));
        }

        Keys and(Keys others) {
            return new Keys(
                    union(data, others.data), union(labels, others.labels), union(annotations, others.annotations));
        }

        Abandoned without(Keys wanted) {
            return new Abandoned(
                    difference(data, wanted.data),
                    difference(labels, wanted.labels),
                    difference(annotations, wanted.annotations));
        }
    }

    /**
     * @param keys all that was named since the Secret was as wanted
     * @param now what is named now
     */
    private record Past(String uid, SecretName target, Keys keys, Keys now) {}

    private final Map<SecretName, Past> pasts = new ConcurrentHashMap<>();

    /** What {@code wish} names no more; what it names counts as named from now on. */
    Abandoned abandoned(SecretName object, String uid, SecretName target, Wish wish) {
        Keys now = Keys.of(wish);
        Past past = pasts.get(object);
        if (past == null || !past.uid().equals(uid) || !past.target().equals(target)) {
            pasts.put(object, new Past(uid, target, now, now));
            return Abandoned.nothing();
        }
        pasts.put(object, new Past(uid, target, past.keys().and(now), now));
        return past.keys().without(now);
    }

    /** The Secret is as it is wanted: nothing that was named before is in it any more. */
    void settled(SecretName object) {
        pasts.computeIfPresent(object, (name, past) -> new Past(past.uid(), past.target(), past.now(), past.now()));
    }

    void forget(SecretName object) {
        pasts.remove(object);
    }

    private static Set<String> keys(List<Field> fields) {
        Set<String> keys = new HashSet<>();
        fields.forEach(field -> keys.add(field.key()));
        return keys;
    }

    private static Set<String> union(Set<String> some, Collection<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    private static Set<String> difference(Set<String> some, Collection<String> others) {
        Set<String> left = new HashSet<>(some);
        left.removeAll(others);
        return left;
    }
}
