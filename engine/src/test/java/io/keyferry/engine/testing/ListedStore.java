package io.keyferry.engine.testing;

import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Attempted;
import io.keyferry.engine.store.Batching;
import io.keyferry.engine.store.Following;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.Revision;
import io.keyferry.engine.store.SecretStore;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory that lists versions and brings several secrets in one call. A secret's id is its name after
 * {@code id:}; values are as they were put, the listing is as it was last {@link #list made}.
 */
public final class ListedStore implements SecretStore {
    /** How long the listing may be behind. */
    public static final Duration LAG = Duration.ofMinutes(5);

    /** How old the listing may be for whoever asks. */
    public static final Duration FRESH = Duration.ofSeconds(30);

    private static final Reference LISTING = Reference.listing("");

    private record Secret(String value, String version) {}

    private final Batching batching;
    private final Map<String, Secret> secrets = new HashMap<>();
    private final Map<String, Reading.Inventory.Item> listed = new TreeMap<>();
    private final Map<String, StoreFailure> failures = new HashMap<>();
    private final List<List<String>> calls = new ArrayList<>();
    private @Nullable StoreFailure listingFailure;

    public ListedStore(Batching batching) {
        this.batching = batching;
    }

    @Override
    public String kind() {
        return "scripted";
    }

    @Override
    public Following following(Access access, Reference reference) {
        return reference.kind() == Reference.Kind.SECRET
                ? new Following.Told(new Access(access.store(), new Identity.Ambient()), LISTING, LAG)
                : new Following.Telling(FRESH);
    }

    @Override
    public Reference canonical(Access access, Reference reference) {
        String path = reference.path();
        return path.startsWith("id:") ? Reference.secret(path.substring(3)) : reference;
    }

    @Override
    public Batching batching() {
        return batching;
    }

    @Override
    public synchronized Reading read(Access access, Reference reference) throws StoreException {
        calls.add(List.of(reference.path()));
        if (reference.kind() == Reference.Kind.SECRET) {
            return secret(reference.path());
        }
        if (listingFailure != null) {
            throw new StoreException(listingFailure);
        }
        return new Reading.Inventory(listed, Map.of());
    }

    @Override
    public synchronized List<Attempted> readAll(Access access, List<Reference> references) {
        calls.add(references.stream().map(Reference::path).toList());
        List<Attempted> results = new ArrayList<>();
        for (Reference reference : references) {
            try {
                results.add(new Attempted.Answered(secret(reference.path())));
            } catch (StoreException e) {
                results.add(new Attempted.Refused(e.failure()));
            }
        }
        return results;
    }

    private Reading secret(String name) throws StoreException {
        StoreFailure failure = failures.get(name);
        if (failure != null) {
            throw new StoreException(failure);
        }
        Secret secret = secrets.get(name);
        if (secret == null) {
            return new Reading.Absent(Reading.Absent.Cause.MISSING, Map.of());
        }
        return new Reading.Found(
                SecretValue.utf8(secret.value()), Map.of(), Optional.of(new Revision("id:" + name, secret.version())));
    }

    /** Stores a value that the listing does not show yet. */
    public synchronized void put(String name, String value, String version) {
        secrets.put(name, new Secret(value, version));
    }

    public synchronized void remove(String name) {
        secrets.remove(name);
    }

    /** Shows the secrets as they are in the listing, and no others. */
    public synchronized void list(String... names) {
        listed.clear();
        for (String name : names) {
            show(
                    name,
                    Optional.ofNullable(secrets.get(name)).map(Secret::version).orElse("none"));
        }
    }

    /** Shows a version in the listing, true or not. */
    public synchronized void show(String name, String version) {
        listed.put(name, new Reading.Inventory.Item("id:" + name, version, Optional.empty(), Map.of()));
    }

    public synchronized void fail(String name, StoreFailure failure) {
        failures.put(name, failure);
    }

    public synchronized void failListing(StoreFailure failure) {
        listingFailure = failure;
    }

    public synchronized void heal() {
        failures.clear();
        listingFailure = null;
    }

    /** How often a value was asked for. */
    public synchronized long reads(String name) {
        return calls.stream().filter(names -> names.contains(name)).count();
    }

    /** How often the listing was asked for. */
    public synchronized long listings() {
        return calls.stream().filter(names -> names.equals(List.of(""))).count();
    }

    /** The names of each call for values, in order. */
    public synchronized List<List<String>> calls() {
        return calls.stream().filter(names -> !names.equals(List.of(""))).toList();
    }
}
