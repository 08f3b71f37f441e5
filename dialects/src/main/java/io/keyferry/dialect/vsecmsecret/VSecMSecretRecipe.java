package io.keyferry.dialect.vsecmsecret;

import io.keyferry.engine.Recipe;
import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.Notice;
import io.keyferry.engine.content.OneLine;
import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.read.SecretReader;
import io.keyferry.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** Looks up every ref in what Safe gives, and makes a Secret only of all of them. */
final class VSecMSecretRecipe implements Recipe {
    /** The subject of the notice that Safe holds nothing and values were made empty. */
    static final String BLANKED = Reason.UPSTREAM_NOT_FOUND.text();

    private static final String TYPE = "Opaque";

    /** Conditions may be of 32768 characters. */
    private static final int LONGEST = 32_000;

    private final Wish wish;
    private final UsageRules rules;
    private final BooleanSupplier written;

    /** @param written whether there is a Secret whose values can be made empty */
    VSecMSecretRecipe(Wish wish, UsageRules rules, BooleanSupplier written) {
        this.wish = wish;
        this.rules = rules;
        this.written = written;
    }

    @Override
    public SecretContent evaluate(SecretReader reader) throws RecipeException, InterruptedException {
        SafeReader safe = new SafeReader(wish.url());
        Optional<SafeContent> content = safe.read(reader);
        if (content.isPresent()) {
            return filled(content.get());
        }
        if (wish.policies().blanks() && written.getAsBoolean()) {
            return blank();
        }
        throw safe.missing();
    }

    private SecretContent filled(SafeContent content) throws RecipeException {
        Lookup lookup = new Lookup(content);
        List<Notice> notices =
                new ArrayList<>(rules.check(lookup.secrets(wish.fields()), content instanceof SafeContent.SoleRaw));
        Map<String, SecretValue> data = new TreeMap<>();
        lookup.all(wish.data()).forEach((field, value) -> data.put(field.key(), Rendering.data(value)));
        Map<Field, Json> labels = lookup.all(wish.labels());
        Map<Field, Json> annotations = lookup.all(wish.annotations());
        lookup.complain();
        MetadataValues metadata = new MetadataValues();
        Map<String, String> labelTexts = metadata.labels(labels);
        Map<String, String> annotationTexts = metadata.annotations(annotations);
        metadata.complain();
        lookup.assumed().ifPresent(notices::add);
        return new SecretContent(data, labelTexts, annotationTexts, TYPE, false, notices);
    }

    private SecretContent blank() {
        Map<String, SecretValue> data = new TreeMap<>();
        wish.data().forEach(field -> data.put(field.key(), SecretValue.utf8("")));
        return new SecretContent(
                data,
                Map.of(),
                Map.of(),
                TYPE,
                false,
                List.of(new Notice(
                        BLANKED,
                        "%s holds no secret for this operator; values were made empty".formatted(wish.url()))));
    }

    /** Finds refs one after the other, and remembers what it cannot find. */
    private static final class Lookup {
        private final SafeContent content;
        private final List<String> wrong = new ArrayList<>();
        private final TreeSet<String> assumed = new TreeSet<>();

        Lookup(SafeContent content) {
            this.content = content;
        }

        /** The raw secrets that the fields lead into, as far as Safe told more than one. */
        Collection<RawSecret> secrets(Collection<Field> fields) {
            Map<String, RawSecret> secrets = new TreeMap<>();
            fields.stream()
                    .flatMap(field -> secret(field).stream())
                    .forEach(secret -> secrets.put(secret.name(), secret));
            return secrets.values();
        }

        private Optional<RawSecret> secret(Field field) {
            try {
                return content.secret(Ref.parse(field.ref()));
            } catch (BadRefException e) {
                return Optional.empty();
            }
        }

        Map<Field, Json> all(Collection<Field> fields) {
            Map<Field, Json> values = new LinkedHashMap<>();
            for (Field field : fields) {
                try {
                    Found found = content.find(Ref.parse(field.ref()));
                    found.assumedName().ifPresent(assumed::add);
                    values.put(field, found.value());
                } catch (BadRefException e) {
                    wrong.add(field.wrong(e.what()));
                }
            }
            return values;
        }

        void complain() throws RecipeException {
            if (!wrong.isEmpty()) {
                throw Reason.REF_NOT_FOUND.failure(all(wrong));
            }
            if (assumed.size() > 1) {
                throw Reason.REF_NOT_FOUND.failure(
                        "Safe holds one raw secret, which it sends without its name, and refs take it for several: %s"
                                .formatted(OneLine.of(String.join(", ", assumed))));
            }
        }

        /** All of them, as long as a condition can tell them. */
        private static String all(List<String> wrong) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < wrong.size(); i++) {
                if (text.length() + wrong.get(i).length() > LONGEST) {
                    return text.append("; and %d more".formatted(wrong.size() - i))
                            .toString();
                }
                text.append(i == 0 ? "" : "; ").append(wrong.get(i));
            }
            return text.toString();
        }

        Optional<Notice> assumed() {
            return assumed.stream()
                    .findFirst()
                    .map(name -> new Notice(
                            Reason.SOLE_RAW_NAME_ASSUMED.text(),
                            "Safe sends its only raw secret without its name; it is taken for \"%s\""
                                    .formatted(OneLine.of(name))));
        }
    }
}
