package io.keyferry.dialect.vaultsecret;

import java.util.List;
import java.util.SortedMap;

/** A JSON value that has kept its numbers as they were written. Does not print itself: it is secret. */
sealed interface Json {
    /** The name of the Go type that the original operator would hold this value in. */
    String goType();

    /** {@code null}. */
    record Null() implements Json {
        @Override
        public String goType() {
            return "<nil>";
        }
    }

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements Json {
        @Override
        public String goType() {
            return "bool";
        }

        @Override
        public String toString() {
            return "Bool(masked)";
        }
    }

    /** @param literal as it was written */
    record Numeral(String literal) implements Json {
        @Override
        public String goType() {
            return "json.Number";
        }

        @Override
        public String toString() {
            return "Numeral(masked)";
        }
    }

    /** A string. */
    record Text(String value) implements Json {
        @Override
        public String goType() {
            return "string";
        }

        @Override
        public String toString() {
            return "Text(masked)";
        }
    }

    /** An array. */
    record Array(List<Json> items) implements Json {
        @Override
        public String goType() {
            return "[]interface {}";
        }
    }

    /** An object; names are in byte order of their UTF-8 form. */
    record Members(SortedMap<String, Json> members) implements Json {
        @Override
        public String goType() {
            return "map[string]interface {}";
        }
    }
}
