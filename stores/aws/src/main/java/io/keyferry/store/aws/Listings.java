package io.keyferry.store.aws;

import io.keyferry.engine.content.OneLine;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reading.Inventory.Item;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure.Phase;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** Asks what secrets there are, with tags and current versions: of all, or of one. */
final class Listings {
    private static final int PAGE = 100;

    /** AWS allows 500,000 secrets. */
    private static final int MOST_PAGES = 10_000;

    private static final String CURRENT = "AWSCURRENT";

    private Listings() {}

    /** All secrets that have a current version and are not planned to be deleted. Of one name the last counts. */
    static Reading.Inventory all(SecretsManagerClient client) throws StoreException {
        Map<String, Item> items = new TreeMap<>();
        String next = null;
        String previous = null;
        int pages = 0;
        try {
            do {
                if (pages++ == MOST_PAGES || (next != null && next.equals(previous))) {
                    throw AwsFailures.invalid(Phase.READ, "listing secrets: the listing does not end");
                }
                ListSecretsResponse page = client.listSecrets(ListSecretsRequest.builder()
                        .maxResults(PAGE)
                        .nextToken(next)
                        .build());
                page.secretList().forEach(entry -> item(entry).ifPresent(item -> items.put(entry.name(), item)));
                previous = next;
                next = page.nextToken();
            } while (next != null && !next.isEmpty());
        } catch (SdkException e) {
            throw AwsFailures.of(e, Phase.READ, "listing secrets");
        }
        return new Reading.Inventory(items, Map.of());
    }

    /** One secret, by name or ARN; an inventory without it if there is none. */
    static Reading.Inventory one(SecretsManagerClient client, String id) throws StoreException {
        try {
            DescribeSecretResponse secret = client.describeSecret(request -> request.secretId(id));
            Optional<String> version = current(secret.versionIdsToStages());
            if (version.isEmpty() || secret.deletedDate() != null || secret.name() == null || secret.arn() == null) {
                return new Reading.Inventory(Map.of(), Map.of());
            }
            Item item = item(secret.arn(), version.get(), secret.lastChangedDate(), secret.tags());
            return new Reading.Inventory(Map.of(secret.name(), item), Map.of());
        } catch (ResourceNotFoundException e) {
            return new Reading.Inventory(Map.of(), Map.of());
        } catch (SdkException e) {
            throw AwsFailures.of(e, Phase.READ, "describing secret " + OneLine.of(id));
        }
    }

    private static Optional<Item> item(SecretListEntry entry) {
        if (entry.deletedDate() != null || entry.name() == null || entry.arn() == null) {
            return Optional.empty();
        }
        return current(entry.secretVersionsToStages())
                .map(version -> item(entry.arn(), version, entry.lastChangedDate(), entry.tags()));
    }

    private static Item item(String arn, String version, @Nullable Instant changed, List<Tag> tags) {
        Map<String, String> byKey = new HashMap<>();
        for (Tag tag : tags) {
            byKey.put(tag.key(), tag.value() == null ? "" : tag.value());
        }
        return new Item(arn, version, Optional.ofNullable(changed), byKey);
    }

    private static Optional<String> current(Map<String, List<String>> versions) {
        return versions.entrySet().stream()
                .filter(version -> version.getValue().contains(CURRENT))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
