package io.keyferry.engine.store;

import io.keyferry.engine.content.SecretValue;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A store's answer. Equal readings mean that nothing changed.
 *
 * <p>Attributes are what the store says about the answer apart from the value, such as the version of the engine
 * behind a Vault mount. They count towards equality, so nothing that moves by itself belongs there.
 */
public sealed interface Reading {

    Map<String, String> attributes();

    /**
     * The secret, as the store's own document (for Vault: the JSON object of its keys).
     *
     * @param revision which version of which secret this is, if the store can tell by an inventory
     */
    record Found(SecretValue value, Map<String, String> attributes, Optional<Revision> revision) implements Reading {
        public Found {
            attributes = Map.copyOf(new TreeMap<>(attributes));
        }

        public Found(SecretValue value, Map<String, String> attributes) {
            this(value, attributes, Optional.empty());
        }
    }

    /** There is no value. */
    record Absent(Cause cause, Map<String, String> attributes) implements Reading {
        /** Why there is none. */
        public enum Cause {
            /** The store knows no such name. */
            MISSING,
            /** The store knows the name, and says that it holds nothing now: deleted or destroyed. */
            EMPTY
        }

        public Absent {
            attributes = Map.copyOf(new TreeMap<>(attributes));
        }
    }

    /** The names below a place, in the store's order; those that end in {@code /} are places themselves. */
    record Listing(List<String> names, Map<String, String> attributes) implements Reading {
        public Listing {
            names = List.copyOf(names);
            attributes = Map.copyOf(new TreeMap<>(attributes));
        }
    }

    /** What there is at a store, without the values. */
    record Inventory(Map<String, Item> items, Map<String, String> attributes) implements Reading {
        /**
         * One secret.
         *
         * @param id the secret's unique name
         * @param version differs whenever the value may differ
         * @param changed when the secret was last changed in any way, if the store knows
         * @param tags what the store's users noted on the secret
         */
        public record Item(String id, String version, Optional<Instant> changed, Map<String, String> tags) {
            public Item {
                tags = Map.copyOf(tags);
            }
        }

        /** @param items the secrets by the names that their users give them */
        public Inventory {
            items = Collections.unmodifiableMap(new TreeMap<>(items));
            attributes = Map.copyOf(new TreeMap<>(attributes));
        }
    }

    /** As whom the store knows somebody who reads; what it knows of it is in the attributes. */
    record Principal(Map<String, String> attributes) implements Reading {
        public Principal {
            attributes = Map.copyOf(new TreeMap<>(attributes));
        }
    }
}
