package io.keyferry.dialect.vsecmsecret;

import io.keyferry.json.Json;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What a Safe gives to this operator. */
sealed interface SafeContent {
    /** @throws BadRefException if {@code ref} leads nowhere */
    Found find(Ref ref) throws BadRefException;

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
     * stand for all of it.
     */
    record SoleRaw(Json root) implements SafeContent {
        @Override
        public Found find(Ref ref) throws BadRefException {
            if (Walk.has(root, ref.segments().getFirst())) {
                return Found.in(Walk.down(root, ref.segments()));
            }
            int most = ref.segments().size() - (root instanceof Json.Obj ? 1 : 0);
            for (int named = 1; named <= most; named++) {
                boolean leads = named == ref.segments().size()
                        || Walk.has(root, ref.segments().get(named));
                if (leads) {
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

        /** The longest name that the ref begins with counts. */
        @Override
        public Found find(Ref ref) throws BadRefException {
            for (int named = ref.segments().size(); named > 0; named--) {
                RawSecret secret = secrets.get(ref.name(named));
                if (secret != null) {
                    return Found.in(secret, Walk.down(secret.value(), ref.behind(named)));
                }
            }
            throw new BadRefException("there is no raw secret %s, nor one whose name begins so"
                    .formatted(Walk.quoted(ref.segments().getFirst())));
        }
    }
}
