package io.keyferry.bench.soak;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.VaultRefusal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Edits all the time, a fault every minute, and once a minute a look at the process. At the end everything must be as it
 * was last asked for, nothing may have grown, and nothing may have been complained of that no fault explains.
 */
public final class SoakBench {
    private static final Path LOG = Path.of("target", "soak.log");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration BETWEEN_EDITS = Duration.ofMillis(250);
    private static final Duration TROUBLE = Duration.ofSeconds(8);
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final SoakOptions options;
    private final PrintStream out;
    private final Random random;
    private final List<Vitals> vitals = new ArrayList<>();
    private int edits;
    private int collisions;

    private SoakBench(SoakOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
        this.random = new Random(options.seed());
    }

    public static String usage() {
        return SoakOptions.USAGE;
    }

    /**
     * Returns whether everything held.
     *
     * @throws IllegalArgumentException if the arguments make no sense
     */
    public static boolean run(List<String> arguments, PrintStream out) throws IOException, InterruptedException {
        SoakOptions options = SoakOptions.parse(arguments);
        try (SoakServers servers = SoakServers.start()) {
            return new SoakBench(options, out).soak(servers);
        }
    }

    private boolean soak(SoakServers servers) throws IOException, InterruptedException {
        List<Share> shares = servers.shares(options.objects());
        shares.forEach(Share::create);
        Troubles troubles = new Troubles(servers);
        try (OperatorProcess operator = servers.operator()) {
            try {
                return soak(operator, shares, troubles);
            } finally {
                Files.write(LOG, operator.lines());
                out.println("the operator's log: bench/" + LOG);
            }
        }
    }

    private boolean soak(OperatorProcess operator, List<Share> shares, Troubles troubles)
            throws IOException, InterruptedException {
        operator.awaitReady(PATIENCE);
        settle(shares);
        out.printf(
                "%d objects are synced; %d minutes of edits and faults begin%n", options.objects(), options.minutes());
        long began = System.nanoTime();
        for (int minute = 1; minute <= options.minutes(); minute++) {
            editUntil(began + minute * MINUTE - MINUTE / 2, shares);
            String trouble = troubles.happen(random, () -> editUntil(System.nanoTime() + TROUBLE.toNanos(), shares));
            editUntil(began + minute * MINUTE, shares);
            operator.requireAlive();
            Vitals now = Vitals.afterCollection(operator.pid());
            vitals.add(now);
            out.printf(
                    Locale.ROOT,
                    "minute %d: RSS %.1f MiB, %.0f threads, %.0f descriptors, behind %s; %s%n",
                    minute,
                    now.rssKb() / 1024,
                    now.threads(),
                    now.descriptors(),
                    behind(shares),
                    trouble);
        }
        settle(shares);
        out.printf("everything is as asked for after %d edits (%d met another writer)%n", edits, collisions);
        boolean isRssFlat = isFlat("RSS in KiB", Vitals::rssKb);
        boolean isThreadsFlat = isFlat("threads", Vitals::threads);
        boolean isDescriptorsFlat = isFlat("descriptors", Vitals::descriptors);
        Map<String, Integer> complaints = Complaints.unexplained(operator.lines(), troubles::explain);
        out.printf("lines at warn and above that no fault explains: %d kinds%n", complaints.size());
        complaints.forEach((line, count) -> out.printf("%6d  %s%n", count, line));
        return isRssFlat && isThreadsFlat && isDescriptorsFlat && complaints.isEmpty();
    }

    private void editUntil(long end, List<Share> shares) throws InterruptedException {
        while (System.nanoTime() < end) {
            try {
                shares.get(random.nextInt(shares.size())).edit(random);
                edits++;
            } catch (KubernetesClientException | VaultRefusal e) {
                collisions++;
            }
            Thread.sleep(BETWEEN_EDITS);
        }
    }

    /** How many objects of each dialect are not as they should be at the moment. */
    private static List<Integer> behind(List<Share> shares) {
        return shares.stream().map(share -> share.differences().size()).toList();
    }

    private static void settle(List<Share> shares) {
        for (Share share : shares) {
            try {
                Awaitility.await(share.dialect() + " as asked for")
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> share.differences().isEmpty());
            } catch (ConditionTimeoutException e) {
                throw new IllegalStateException(
                        "%s: still not as asked for: %s".formatted(share.dialect(), share.differences()), e);
            }
        }
    }

    /** The first third is for warming up. */
    private boolean isFlat(String what, ToDoubleFunction<Vitals> value) {
        List<Double> samples = vitals.stream()
                .skip(vitals.size() / 3)
                .map(sample -> value.applyAsDouble(sample))
                .toList();
        Trend trend = Trend.of(samples);
        out.printf(
                Locale.ROOT,
                "%s: from %.1f, growth %.1f ± %.1f: %s%n",
                what,
                trend.first(),
                trend.growth(),
                trend.noise(),
                trend.isFlat() ? "flat" : "NOT FLAT");
        return trend.isFlat();
    }
}
