package io.keyferry.dialect.vaultsecret;

import io.keyferry.engine.RecipeException;
import io.keyferry.engine.read.SecretReader;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.gotext.GoQuote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds and reads what a VaultSecret's paths stand for. */
final class Sources {
    private static final int MOST_SECRETS = 20_000;
    private static final int MOST_FOLDERS = 2_000;
    private static final int BATCH = 20;

    /** Several times what a Secret can hold, and little enough to be held by many at once. */
    private static final long MOST_BYTES = 4 << 20;

    private static final int MOST_LEVELS = 64;

    /**
     * A path's secrets.
     *
     * @param attributes what the store said of the path itself, empty if it said nothing
     */
    record Source(SourcePath path, Map<String, String> attributes, List<Item> items) {}

    /** A secret of a path; its reading is what the store said. */
    record Item(String path, Reading reading) {}

    private final SecretReader reader;
    private final Access access;

    Sources(SecretReader reader, Access access) {
        this.reader = reader;
        this.access = access;
    }

    List<Source> read(List<SourcePath> paths) throws RecipeException, InterruptedException {
        List<List<String>> secrets = new ArrayList<>();
        List<Map<String, String>> attributes = new ArrayList<>();
        for (SourcePath path : paths) {
            if (path.recursive()) {
                Tree tree = walk(path.base());
                secrets.add(tree.secrets());
                attributes.add(tree.attributes());
            } else {
                secrets.add(List.of(path.base()));
                attributes.add(Map.of());
            }
        }
        List<Reading> readings = readAll(
                secrets.stream().flatMap(List::stream).map(Reference::secret).toList());
        List<Source> sources = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < paths.size(); i++) {
            List<Item> items = new ArrayList<>();
            for (String secret : secrets.get(i)) {
                items.add(new Item(secret, readings.get(next++)));
            }
            sources.add(new Source(paths.get(i), attributes(paths.get(i), attributes.get(i), items), items));
        }
        return sources;
    }

    /** Only a reading that succeeded tells which engine is behind a concrete path. */
    private static Map<String, String> attributes(SourcePath path, Map<String, String> listed, List<Item> items) {
        if (path.recursive()) {
            return listed;
        }
        return items.getFirst().reading() instanceof Reading.Found found ? found.attributes() : Map.of();
    }

    private record Tree(List<String> secrets, Map<String, String> attributes) {}

    /** All secrets below {@code base}, level by level. */
    private Tree walk(String base) throws RecipeException, InterruptedException {
        List<String> secrets = new ArrayList<>();
        Map<String, String> attributes = Map.of();
        List<String> level = List.of(base);
        int folders = 0;
        for (int depth = 0; !level.isEmpty(); depth++) {
            folders += level.size();
            if (depth > MOST_LEVELS || folders > MOST_FOLDERS || secrets.size() > MOST_SECRETS) {
                throw tooMuch(base);
            }
            List<Reading> listings = listAll(level);
            List<String> next = new ArrayList<>();
            for (int i = 0; i < level.size(); i++) {
                String folder = level.get(i);
                if (!(listings.get(i) instanceof Reading.Listing listing)
                        || listing.names().isEmpty()) {
                    throw failed("failed to get paths from vault: no value found in path: " + GoQuote.quote(folder));
                }
                if (depth == 0) {
                    attributes = listing.attributes();
                }
                for (String name : listing.names()) {
                    (name.endsWith("/") ? next : secrets).add(folder + name);
                }
            }
            level = next;
        }
        return new Tree(secrets, attributes);
    }

    private List<Reading> listAll(List<String> folders) throws RecipeException, InterruptedException {
        try {
            return reader.readAll(
                    access, folders.stream().map(Reference::listing).toList());
        } catch (StoreException e) {
            throw failed("failed to get paths from vault: ", e);
        }
    }

    /** So many at a time, so that what is too much is found out before it is in memory. */
    private List<Reading> readAll(List<Reference> secrets) throws RecipeException, InterruptedException {
        List<Reading> readings = new ArrayList<>(secrets.size());
        long bytes = 0;
        for (int from = 0; from < secrets.size(); from += BATCH) {
            List<Reading> batch = readBatch(secrets.subList(from, Math.min(from + BATCH, secrets.size())));
            for (Reading reading : batch) {
                bytes += reading instanceof Reading.Found found ? found.value().length() : 0;
            }
            if (bytes > MOST_BYTES) {
                throw failed(
                        "failed to read paths from vault: the secrets are larger than %d MiB together; a Secret holds 1 MiB"
                                .formatted(MOST_BYTES >> 20));
            }
            readings.addAll(batch);
        }
        return readings;
    }

    private List<Reading> readBatch(List<Reference> secrets) throws RecipeException, InterruptedException {
        try {
            return reader.readAll(access, secrets);
        } catch (StoreException e) {
            throw failed("failed to read paths from vault: ", e);
        }
    }

    private static RecipeException failed(String doing, StoreException e) {
        StoreFailure failure = e.failure();
        return failure.phase() == StoreFailure.Phase.AUTHENTICATE
                ? RecipeException.source(Reason.VAULT_FAILED.problem(failure.message()), e)
                : RecipeException.source(Reason.VAULT_READ_FAILED.problem(doing + failure.message()), e);
    }

    static RecipeException failed(String message) {
        return RecipeException.source(Reason.VAULT_READ_FAILED.problem(message), null);
    }

    private static RecipeException tooMuch(String base) {
        return failed("failed to get paths from vault: more than %d secrets, %d folders or %d levels below path: %s"
                .formatted(MOST_SECRETS, MOST_FOLDERS, MOST_LEVELS, GoQuote.quote(base)));
    }
}
