package io.keyferry.dialect.vaultsync;

import io.keyferry.engine.Recipe;
import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.read.SecretReader;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Custom mode: some keys of some Secrets under one path, all or nothing. */
final class SelectionRecipe implements Recipe {
    private static final String HINT = " (check if secret generators have run)";

    private final String namespace;
    private final List<Selection> selections;
    private final Binary binary;
    private final boolean writesNothing;

    /** @param writesNothing whether a path is written although no key is selected */
    SelectionRecipe(String namespace, List<Selection> selections, Binary binary, boolean writesNothing) {
        this.namespace = namespace;
        this.selections = List.copyOf(selections);
        this.binary = binary;
        this.writesNothing = writesNothing;
    }

    @Override
    public SecretContent evaluate(SecretReader reader) throws RecipeException, InterruptedException {
        SecretData secrets = new SecretData(reader, namespace, HINT);
        secrets.fetch(selections.stream().map(Selection::name).distinct().toList());
        Map<String, SecretValue> collected = new TreeMap<>();
        for (Selection selection : selections) {
            SortedMap<String, SecretValue> data = secrets.require(selection.name());
            for (String key : selection.keys()) {
                SecretValue value = data.get(key);
                if (value == null) {
                    throw missing(selection.name(), key, data);
                }
                collected.put(selection.prefix() + key, value);
            }
        }
        if (collected.isEmpty() && !writesNothing) {
            throw Reason.NOTHING_TO_WRITE.rejection("no key is selected, so that nothing is written");
        }
        return Content.of(collected, binary);
    }

    private RecipeException missing(String secret, String key, SortedMap<String, SecretValue> data) {
        return Reason.KEY_MISSING.failure(
                "key %s not found in secret %s".formatted(key, secret),
                Map.of(
                        Reason.NAMESPACE,
                        namespace,
                        Reason.SECRET,
                        secret,
                        Reason.KEY,
                        key,
                        Reason.AVAILABLE,
                        JsonText.array(data.keySet())));
    }
}
