package io.keyferry.bench.cost;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** {@code ./dev bench aws-cost}. */
public final class CostBench {
    private CostBench() {}

    /**
     * Simulates, and prints the calls beside the original's.
     *
     * @throws IllegalArgumentException if the options make no sense
     */
    public static void run(List<String> arguments, PrintStream out) throws InterruptedException {
        CostOptions options = CostOptions.parse(arguments);
        out.printf(
                Locale.ROOT,
                "aws-cost: %d secrets, %d objects with %d references each by %s, %d changes a day, %d days; poll %d s, sync %d s%n%n",
                options.secrets(),
                options.objects(),
                CostOptions.REFERENCES,
                options.arns() ? "ARN" : "name",
                options.changesPerDay(),
                options.days(),
                options.poll(),
                options.sync());
        CostSimulation.Result result = new CostSimulation(options).run();
        Calls original = Calls.ofOriginal(options);
        out.printf("%-28s %14s %20s%n", "", "Keyferry", "kube-secret-syncer");
        out.printf("%-28s %14s %20s%n", "", "(simulated)", "(by its formula)");
        line(out, "ListSecrets", result.all().listings(), original.listings());
        line(out, "BatchGetSecretValue", result.all().batches(), original.batches());
        line(out, "GetSecretValue", result.all().singles(), original.singles());
        line(out, "calls", result.all().total(), original.total());
        out.printf(Locale.ROOT, "%-28s %14.2f %20.2f%n", "dollars", result.all().dollars(), original.dollars());
        out.printf(
                Locale.ROOT,
                "%nof these at the start: %d pages, %d batches, %d single%nSecrets written: %d; entries that do not hold what AWS holds: %d%n",
                result.start().listings(),
                result.start().batches(),
                result.start().singles(),
                result.writes(),
                result.outdated());
    }

    private static void line(PrintStream out, String what, long ours, long original) {
        out.printf(Locale.ROOT, "%-28s %14d %20d%n", what, ours, original);
    }

    /** How to call it. */
    public static String usage() {
        return CostOptions.USAGE;
    }
}
