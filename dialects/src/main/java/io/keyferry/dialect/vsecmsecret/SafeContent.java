package io.keyferry.dialect.vsecmsecret;

import io.keyferry.json.Json;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a Safe gives to this operator. */
sealed interface SafeContent {
    /** @throws BadRefException if {@code ref} leads nowhere */
    Found find(Ref ref) throws BadRefException;

    /** The raw secret that {@code ref} leads into, if Safe told more than one and this is one of them. */
    default Optional<RawSecret> secret(Ref ref) {
        return Optional.empty();
    }

    /** One document, of which nothing is known but what is in it. */
    record Document(Json root) implements SafeContent {
        @Override
        public Found find(Ref ref) throws BadRefException {
            return Found.in(Walk.down(root, ref.segments()));
        }

        @Override
        public String toString() {
            return "Document(masked)";
        }
    }

    /**
     * The only raw secret, which Safe sends without its name. A ref that worked while there were two begins with the name,
     * and the name may have dots. What is left of it must not be empty where the secret is an object: a misspelt ref would
     * stand for all of it. A secret that is no object is found by a name alone: a ref of more asks for a part of another one.
     */
    record SoleRaw(Json root) implements SafeContent {
        @Override
        public Found find(Ref ref) throws BadRefException {
            int segments = ref.segments().size();
            if (!(root instanceof Json.Obj) && segments == 1) {
                return Found.assuming(ref.name(1), Walk.down(root, List.of()));
            }
            for (int named = 1;
                    named < segments && !Walk.has(root, ref.segments().getFirst());
                    named++) {
                if (Walk.has(root, ref.segments().get(named))) {
                    return Found.assuming(ref.name(named), Walk.down(root, ref.behind(named)));
                }
            }
            return Found.in(Walk.down(root, ref.segments()));
        }

        @Override
        public String toString() {
            return "SoleRaw(masked)";
        }
    }

    /** Several raw secrets, by name. */
    record Catalogue(Map<String, RawSecret> secrets) implements SafeContent {
        public Catalogue {
            secrets = Collections.unmodifiableMap(new TreeMap<>(secrets));
        }

        @Override
        public Optional<RawSecret> secret(Ref ref) {
            int named = named(ref);
            return named == 0 ? Optional.empty() : Optional.ofNullable(secrets.get(ref.name(named)));
        }

        @Override
        public Found find(Ref ref) throws BadRefException {
            Optional<RawSecret> secret = secret(ref);
            if (secret.isPresent()) {
                return Found.in(Walk.down(secret.get().value(), ref.behind(named(ref))));
            }
            throw new BadRefException("there is no raw secret %s, nor one whose name begins so"
                    .formatted(Walk.quoted(ref.segments().getFirst())));
        }

        /** How many segments the longest name takes that the ref begins with; 0 if there is none. */
        private int named(Ref ref) {
            int count = ref.segments().size();
            while (count > 0 && !secrets.containsKey(ref.name(count))) {
                count--;
            }
            return count;
        }
    }
}
