package io.keyferry.kubernetes.event;

import io.keyferry.engine.time.TimeSource;
import io.keyferry.engine.time.TokenBucket;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A budget for each namespace, so that a noisy one silences no other, and one for all together that is ten times as wide.
 * For one thread.
 */
final class EventBudgets {
    private static final int ALL_TOGETHER = 10;
    private static final int REMEMBERED = 1000;

    private final int burst;
    private final double perSecond;
    private final TimeSource time;
    private final TokenBucket all;
    private final Map<String, TokenBucket> namespaces = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    EventBudgets(int burst, double perSecond, TimeSource time) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.time = time;
        this.all = new TokenBucket(ALL_TOGETHER * perSecond, ALL_TOGETHER * burst, time.nanos());
    }

    boolean take(String namespace) {
        long now = time.nanos();
        return namespaces
                        .computeIfAbsent(namespace, name -> new TokenBucket(perSecond, burst, now))
                        .take(now)
                && all.take(now);
    }
}
