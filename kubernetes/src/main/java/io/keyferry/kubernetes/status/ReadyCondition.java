package io.keyferry.kubernetes.status;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.keyferry.engine.content.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The condition {@code Ready}, as Kubernetes' own conditions are.
 *
 * @param lastTransitionTime RFC 3339 time at which {@code status} became what it is
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReadyCondition(
        String type,
        String status,
        String reason,
        String message,
        String lastTransitionTime,
        @Nullable Long observedGeneration) {
    private static final String TYPE = "Ready";
    private static final int LONGEST_MESSAGE = 4096;

    /**
     * What follows on an object's conditions.
     *
     * @param before the object's conditions, null if it has none
     * @param status {@code True} or {@code False}
     */
    public static ReadyCondition after(
            @Nullable List<ReadyCondition> before, String status, Problem why, @Nullable Long generation, Instant now) {
        String message = why.message();
        String since = before == null
                ? text(now)
                : before.stream()
                        .filter(condition -> TYPE.equals(condition.type()) && status.equals(condition.status()))
                        .map(ReadyCondition::lastTransitionTime)
                        .findFirst()
                        .orElseGet(() -> text(now));
        return new ReadyCondition(
                TYPE,
                status,
                why.reason(),
                message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)),
                since,
                generation);
    }

    private static String text(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
