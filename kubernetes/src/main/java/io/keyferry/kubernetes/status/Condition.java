package io.keyferry.kubernetes.status;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.keyferry.engine.content.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition, as Kubernetes' own are.
 *
 * @param lastTransitionTime RFC 3339 time at which {@code status} became what it is
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Condition(
        String type,
        String status,
        String reason,
        String message,
        String lastTransitionTime,
        @Nullable Long observedGeneration) {
    /** The type of the condition that tells whether all is well. */
    public static final String READY = "Ready";

    /** What Kubernetes' own conditions may have at most. */
    private static final int LONGEST_MESSAGE = 32768;

    /**
     * What follows on an object's conditions.
     *
     * @param before the object's conditions, null if it has none
     * @param status {@code True}, {@code False} or {@code Unknown}
     */
    public static Condition after(
            @Nullable List<Condition> before,
            String type,
            String status,
            Problem why,
            @Nullable Long generation,
            Instant now) {
        String message = why.message();
        String since = before == null
                ? text(now)
                : before.stream()
                        .filter(condition -> type.equals(condition.type()) && status.equals(condition.status()))
                        .map(Condition::lastTransitionTime)
                        .findFirst()
                        .orElseGet(() -> text(now));
        return new Condition(
                type,
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
