package io.keyferry.kubernetes.event;

import io.keyferry.engine.time.TimeSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A budget for each namespace, so that a noisy one silences no other, and one for all together that is ten times as wide.
 * For one thread.
 */
final class EventBudgets {
    private static final int ALL_TOGETHER = 10;
    private static final int REMEMBERED = 1000;

    private final double burst;
    private final double perSecond;
    private final TimeSource time;
    private final EventBudget all;
    private final Map<String, EventBudget> namespaces = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, EventBudget> eldest) {
            return size() > REMEMBERED;
        }
    };

    EventBudgets(double burst, double perSecond, TimeSource time) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.time = time;
        this.all = new EventBudget(ALL_TOGETHER * burst, ALL_TOGETHER * perSecond, time);
    }

    boolean take(String namespace) {
        return namespaces
                        .computeIfAbsent(namespace, name -> new EventBudget(burst, perSecond, time))
                        .take()
                && all.take();
    }
}
