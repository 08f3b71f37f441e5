package io.keyferry.kubernetes.annotated;

import io.keyferry.engine.target.Target;
import java.time.Duration;
import java.util.List;

/**
 * That places are to be looked at once more, because whoever took them at the same time may have come after all.
 *
 * @param places what was taken, as their owner wants them
 */
public record SecondLook(Duration after, List<Target> places) {
    public SecondLook {
        places = List.copyOf(places);
    }
}
