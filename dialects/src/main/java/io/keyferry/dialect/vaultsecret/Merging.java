package io.keyferry.dialect.vaultsecret;

import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.Notice;
import io.keyferry.engine.store.Reading;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** From sources to one tree. */
final class Merging {
    private Merging() {}

    /** Merges what was read, in order; what is missing is noticed. */
    static Json.Members of(List<Sources.Source> sources, List<Notice> notices) throws RecipeException {
        Merge merge = new Merge();
        for (Sources.Source source : sources) {
            for (Sources.Item item : source.items()) {
                try {
                    merge.add(source.path().prefix(), source.path().relative(item.path()), members(item, notices));
                } catch (ConflictException e) {
                    throw Sources.failed("failed to create vault data: " + e.getMessage());
                } catch (IllegalArgumentException e) {
                    throw Sources.failed("failed to read paths from vault: " + item.path() + ": " + e.getMessage());
                }
            }
        }
        return merge.result();
    }

    private static SortedMap<String, Json> members(Sources.Item item, List<Notice> notices) {
        return switch (item.reading()) {
            case Reading.Found found -> JsonReader.members(found.value());
            case Reading.Absent absent -> {
                if (absent.cause() == Reading.Absent.Cause.MISSING) {
                    notices.add(new Notice(item.path(), "path doesn't exist"));
                }
                yield new TreeMap<>();
            }
            case Reading.Listing _, Reading.Inventory _, Reading.Principal _ ->
                throw new IllegalArgumentException("the store answered with something else than a secret");
        };
    }
}
