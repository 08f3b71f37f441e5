package io.keyferry.store.aws;

import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Doubts a listing that lacks half of what the one before had: if a secret that is missing still exists, the listing is
 * not true, and what was made of the last one stays.
 */
final class ShrinkGuard {
    private static final int FEW = 10;
    private static final int SAMPLES = 3;

    /** Asks about one secret. */
    @FunctionalInterface
    interface Question {
        Reading.Inventory about(String id) throws StoreException;
    }

    private Reading.@Nullable Inventory last;

    /** @throws StoreException if {@code listing} is not to be believed */
    synchronized Reading.Inventory check(Reading.Inventory listing, Question question) throws StoreException {
        Reading.Inventory before = last;
        if (before != null) {
            Set<String> now = listing.items().keySet();
            List<Reading.Inventory.Item> missing = before.items().entrySet().stream()
                    .filter(entry -> !now.contains(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
            if (missing.size() >= FEW && missing.size() * 2 >= before.items().size()) {
                doubt(missing, question);
            }
        }
        last = listing;
        return listing;
    }

    private static void doubt(List<Reading.Inventory.Item> missing, Question question) throws StoreException {
        int step = Math.max(1, missing.size() / SAMPLES);
        for (int i = 0; i < missing.size(); i += step) {
            if (exists(missing.get(i).id(), question)) {
                throw AwsFailures.invalid(
                        StoreFailure.Phase.READ,
                        "listing secrets: %d secrets are missing of which at least one still exists; the listing before stays valid"
                                .formatted(missing.size()));
            }
        }
    }

    /** Who may not ask learns nothing, and believes the listing. */
    private static boolean exists(String id, Question question) throws StoreException {
        try {
            return !question.about(id).items().isEmpty();
        } catch (StoreException e) {
            if (e.failure().kind() == StoreFailure.Kind.DENIED) {
                return false;
            }
            throw e;
        }
    }
}
