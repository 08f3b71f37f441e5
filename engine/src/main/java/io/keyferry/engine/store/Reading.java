package io.keyferry.engine.store;

import io.keyferry.engine.content.SecretValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A store's answer. Equal readings mean that nothing changed.
 *
 * <p>Attributes are what the store says about the answer apart from the value, such as the version of the engine
 * behind a Vault mount. They count towards equality, so nothing that moves by itself belongs there.
 */
public sealed interface Reading {

    Map<String, String> attributes();

    /** The secret, as the store's own document (for Vault: the JSON object of its keys). */
    record Found(SecretValue value, Map<String, String> attributes) implements Reading {
        public Found {
            attributes = Map.copyOf(new TreeMap<>(attributes));
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
}
