package io.keyferry.store.vault;

import io.keyferry.engine.target.Owner;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who owns a secret, as it stands in its custom metadata. */
final class OwnerMark {
    /** What the names of all metadata of ours begin with. */
    static final String PREFIX = "keyferry-";

    private static final String CLUSTER = PREFIX + "cluster";
    private static final String NAMESPACE = PREFIX + "namespace";
    private static final String KIND = PREFIX + "kind";
    private static final String NAME = PREFIX + "name";
    private static final String UID = PREFIX + "uid";

    private OwnerMark() {}

    static Optional<Owner> read(Map<String, String> metadata) {
        String uid = metadata.getOrDefault(UID, "");
        return uid.isEmpty()
                ? Optional.empty()
                : Optional.of(new Owner(
                        metadata.getOrDefault(CLUSTER, ""),
                        metadata.getOrDefault(KIND, ""),
                        metadata.getOrDefault(NAMESPACE, "") + "/" + metadata.getOrDefault(NAME, ""),
                        uid));
    }

    static boolean isPart(String key) {
        return key.equals(CLUSTER) || key.equals(NAMESPACE) || key.equals(KIND) || key.equals(NAME) || key.equals(UID);
    }

    /** Vault takes no empty values. */
    static Map<String, String> write(Owner owner) {
        int slash = owner.name().indexOf('/');
        Map<String, String> mark = new TreeMap<>();
        mark.put(CLUSTER, owner.group());
        mark.put(KIND, owner.kind());
        mark.put(NAMESPACE, owner.name().substring(0, Math.max(0, slash)));
        mark.put(NAME, owner.name().substring(slash + 1));
        mark.put(UID, owner.uid());
        mark.values().removeIf(String::isEmpty);
        return mark;
    }
}
