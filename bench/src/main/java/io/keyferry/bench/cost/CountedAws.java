package io.keyferry.bench.cost;

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
import io.keyferry.engine.store.StoreAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** AWS Secrets Manager in memory, under the contract that the AWS store has with the engine. Counts what AWS would bill. */
final class CountedAws implements SecretStore {
    static final String KIND = "aws";
    static final StoreAddress ADDRESS = new StoreAddress(KIND, "");

    private static final Access OPERATOR = new Access(ADDRESS, new Identity.Ambient());
    private static final Reference LISTING = Reference.listing("");
    private static final int PAGE = 100;
    private static final Batching BATCHING = new Batching(20, Duration.ofMillis(20), Duration.ofMillis(200));
    private static final Duration LAG = Duration.ofMinutes(5);

    private final Map<String, Integer> versions = new HashMap<>();
    private long listings;
    private long batches;
    private long singles;

    CountedAws(int secrets) {
        for (int i = 0; i < secrets; i++) {
            versions.put(name(i), 1);
        }
    }

    static String name(int secret) {
        return "secret-" + secret;
    }

    static String arn(String name) {
        return "arn:aws:secretsmanager:us-east-1:123456789012:secret:" + name + "-AbCdEf";
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Following following(Access access, Reference reference) {
        return reference.kind() == Reference.Kind.SECRET
                ? new Following.Told(OPERATOR, LISTING, LAG)
                : new Following.Telling(Duration.ofSeconds(30));
    }

    @Override
    public Reference canonical(Access access, Reference reference) {
        return reference.kind() == Reference.Kind.SECRET ? Reference.secret(arn(nameOf(reference.path()))) : reference;
    }

    @Override
    public Batching batching() {
        return BATCHING;
    }

    @Override
    public synchronized Reading read(Access access, Reference reference) {
        if (reference.kind() == Reference.Kind.SECRET) {
            singles++;
            return value(reference);
        }
        listings += Math.max(1, (versions.size() + PAGE - 1) / PAGE);
        Map<String, Reading.Inventory.Item> items = new HashMap<>();
        versions.forEach((name, version) ->
                items.put(name, new Reading.Inventory.Item(arn(name), "v" + version, Optional.empty(), Map.of())));
        return new Reading.Inventory(items, Map.of());
    }

    @Override
    public synchronized List<Attempted> readAll(Access access, List<Reference> references) {
        batches++;
        return references.stream()
                .<Attempted>map(reference -> new Attempted.Answered(value(reference)))
                .toList();
    }

    private Reading value(Reference reference) {
        String name = nameOf(reference.path());
        String version = "v" + versions.get(name);
        return new Reading.Found(
                SecretValue.utf8(name + " " + version), Map.of(), Optional.of(new Revision(arn(name), version)));
    }

    private static String nameOf(String path) {
        int begin = path.lastIndexOf(':') + 1;
        return begin == 0 ? path : path.substring(begin, path.lastIndexOf('-'));
    }

    synchronized void change(int secret) {
        versions.merge(name(secret), 1, Integer::sum);
    }

    /** What the value of a secret is now. */
    synchronized String current(int secret) {
        return name(secret) + " v" + versions.get(name(secret));
    }

    synchronized Calls calls() {
        return new Calls(listings, batches, singles);
    }
}
