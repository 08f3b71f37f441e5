package io.keyferry.kubernetes.annotated;

import io.keyferry.kubernetes.controller.LogLine;
import io.keyferry.kubernetes.event.EventNote;
import java.util.List;
import java.util.Optional;

/**
 * What to make of the results.
 *
 * @param after what is to stand on the object now
 * @param state one of a few words, for metrics
 * @param retry whether to try again soon
 * @param secondLook what to look at once more though all went well
 */
public record Conclusion(
        MetadataEdit after,
        List<EventNote> events,
        List<LogLine> log,
        String state,
        boolean retry,
        Optional<SecondLook> secondLook) {}
