package io.keyferry.dialect.syncedsecret;

import io.keyferry.engine.RecipeException;
import io.keyferry.engine.store.Reading;
import io.keyferry.gotemplate.value.MapValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The values of AWS secrets, as one object may read them. */
final class SecretValues {
    private final AwsReader aws;
    private final Permission permission;
    private final SecretNames names;
    private final Map<String, MapValue> documents = new HashMap<>();
    private final SortedSet<String> versions = new TreeSet<>();

    SecretValues(AwsReader aws, Permission permission, SecretNames names) {
        this.aws = aws;
        this.permission = permission;
        this.names = names;
    }

    /** Fetches together what will be asked for one by one. */
    void fetch(List<String> ids) throws RecipeException, InterruptedException {
        for (String id : ids) {
            check(id);
        }
        if (!ids.isEmpty()) {
            List<Reading> _ = aws.secrets(permission.identity(), ids);
        }
    }

    /** The secret as it stands. */
    String text(String id) throws RecipeException, InterruptedException {
        check(id);
        return switch (reading(id)) {
            case Reading.Found found -> {
                found.revision().ifPresent(revision -> versions.add(revision.version()));
                yield found.value().utf8();
            }
            case Reading.Absent absent -> throw missing(id, absent.cause());
            default -> throw new IllegalStateException("the store answered with something else than a secret");
        };
    }

    private void check(String id) throws RecipeException, InterruptedException {
        if (id.isEmpty()) {
            throw Reason.SECRET_MISSING.failure("a reference names no AWS secret: its name is empty");
        }
        permission.check(id);
    }

    private Reading reading(String id) throws RecipeException, InterruptedException {
        try {
            return aws.secrets(permission.identity(), List.of(id)).getFirst();
        } catch (RecipeException e) {
            // What AWS says of a failure has the name in it.
            throw names.isPublic(id) ? e : Reason.READ_FAILED.failure(names.of(id) + " cannot be read");
        }
    }

    /** The secret's keys. */
    MapValue members(String id) throws RecipeException, InterruptedException {
        MapValue known = documents.get(id);
        if (known == null) {
            Optional<MapValue> members = Documents.members(text(id));
            if (members.isEmpty()) {
                throw Reason.SECRET_NOT_JSON.failure(names.of(id) + " is no JSON object");
            }
            known = members.get();
            documents.put(id, known);
        }
        return known;
    }

    /** The version of the only secret that was read; empty if there were none or several. */
    String version() {
        return versions.size() == 1 ? versions.first() : "";
    }

    private RecipeException missing(String id, Reading.Absent.Cause cause)
            throws RecipeException, InterruptedException {
        String why = switch (cause) {
            case MISSING -> " does not exist, or has no current version";
            case EMPTY -> " is being deleted: restore it or drop the reference";
        };
        return Reason.SECRET_MISSING.failure(names.of(id) + why);
    }
}
