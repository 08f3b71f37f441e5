package io.keyferry.engine.read;

import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Reference;
import java.util.List;

/**
 * Attempts that share one call.
 *
 * @param attempts at least one, all as the same access
 * @param probe whether the call tries out a store that did not answer lately
 */
record Batch(List<Attempt> attempts, boolean probe) {
    Access access() {
        return attempts.getFirst().access();
    }

    List<Reference> references() {
        return attempts.stream().map(attempt -> attempt.key.key.reference()).toList();
    }
}
