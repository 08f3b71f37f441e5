package io.keyferry.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value that keeps the order of keys and the spelling of numbers. Prints nothing of what it holds. */
public sealed interface Json {
    /** Of equal keys the last one counts, at the place of the first, as Go's decoder and VSecM have it. */
    record Obj(Map<String, Json> members) implements Json {
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** The string under {@code name}; empty if there is none or it is no string. */
        public Optional<String> text(String name) {
            return members.get(name) instanceof Text text ? Optional.of(text.text()) : Optional.empty();
        }

        @Override
        public String toString() {
            return "Obj(masked)";
        }
    }

    record Arr(List<Json> elements) implements Json {
        public Arr {
            elements = List.copyOf(elements);
        }

        @Override
        public String toString() {
            return "Arr(masked)";
        }
    }

    record Text(String text) implements Json {
        @Override
        public String toString() {
            return "Text(masked)";
        }
    }

    /** A number, {@code true}, {@code false} or {@code null}, as it was written. */
    record Word(String spelling) implements Json {
        @Override
        public String toString() {
            return "Word(masked)";
        }
    }
}
