package io.keyferry.dialect.syncedsecret;

import io.keyferry.engine.RecipeException;
import io.keyferry.engine.store.Reading;
import io.keyferry.gotemplate.value.MapValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The values of AWS secrets, as one object may read them. */
final class SecretValues {
    private final AwsReader aws;
    private final Permission permission;
    private final Map<String, MapValue> documents = new HashMap<>();
    private final SortedSet<String> versions = new TreeSet<>();

    SecretValues(AwsReader aws, Permission permission) {
        this.aws = aws;
        this.permission = permission;
    }

    /** Fetches together what will be asked for one by one. */
    void fetch(List<String> ids) throws RecipeException, InterruptedException {
        for (String id : ids) {
            permission.check(id);
        }
        if (!ids.isEmpty()) {
            List<Reading> _ = aws.secrets(permission.identity(), ids);
        }
    }

    /** The secret as it stands. */
    String text(String id) throws RecipeException, InterruptedException {
        permission.check(id);
        Reading reading = aws.secrets(permission.identity(), List.of(id)).getFirst();
        return switch (reading) {
            case Reading.Found found -> {
                found.revision().ifPresent(revision -> versions.add(revision.version()));
                yield found.value().utf8();
            }
            case Reading.Absent absent -> throw missing(id, absent.cause());
            default -> throw new IllegalStateException("the store answered with something else than a secret");
        };
    }

    /** The secret's keys. */
    MapValue members(String id) throws RecipeException, InterruptedException {
        MapValue known = documents.get(id);
        if (known == null) {
            known = Documents.members(text(id))
                    .orElseThrow(() -> Reason.SECRET_NOT_JSON.failure(
                            "AWS secret \"%s\" is no JSON object".formatted(Texts.plain(id))));
            documents.put(id, known);
        }
        return known;
    }

    /** The version of the only secret that was read; empty if there were none or several. */
    String version() {
        return versions.size() == 1 ? versions.first() : "";
    }

    private static RecipeException missing(String id, Reading.Absent.Cause cause) {
        String why = switch (cause) {
            case MISSING -> "AWS secret \"%s\" does not exist, or has no current version";
            case EMPTY -> "AWS secret \"%s\" is being deleted: restore it or drop the reference";
        };
        return Reason.SECRET_MISSING.failure(why.formatted(Texts.plain(id)));
    }
}
