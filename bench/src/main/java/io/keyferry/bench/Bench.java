package io.keyferry.bench;

import io.keyferry.bench.cost.CostBench;
import io.keyferry.bench.soak.SoakBench;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** {@code ./dev bench}. */
public final class Bench {
    private static final int USAGE = 2;

    private Bench() {}

    /** @param arguments a scenario and its options */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length > 0 && arguments[0].equals("aws-cost")) {
            cost(Arrays.asList(arguments).subList(1, arguments.length));
            return;
        }
        if (arguments.length > 0 && arguments[0].equals("image")) {
            image(Arrays.asList(arguments).subList(1, arguments.length));
            return;
        }
        if (arguments.length > 0 && arguments[0].equals("soak")) {
            soak(Arrays.asList(arguments).subList(1, arguments.length));
            return;
        }
        Options options;
        try {
            options = Options.parse(Arrays.asList(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.err.print(Options.USAGE);
            System.err.print(ImageBench.USAGE);
            System.err.print(CostBench.usage());
            System.err.print(SoakBench.usage());
            System.exit(USAGE);
            return;
        }
        Report report = new Report(options);
        try {
            measure(options, report);
        } finally {
            if (!report.isEmpty()) {
                report.print(System.out);
                System.out.println("\nwritten to " + report.write());
            }
        }
    }

    private static void measure(Options options, Report report) throws IOException, InterruptedException {
        for (int round = 1; round <= options.rounds(); round++) {
            System.out.printf("round %d of %d%n", round, options.rounds());
            switch (options.scenario()) {
                case COLD -> Scenarios.cold(options, report);
                case FLEET -> Scenarios.fleet(options, report);
            }
        }
    }

    private static void cost(List<String> options) throws InterruptedException {
        try {
            CostBench.run(options, System.out);
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.err.print(CostBench.usage());
            System.exit(USAGE);
        }
    }

    private static void image(List<String> options) throws IOException, InterruptedException {
        try {
            ImageBench.run(options, System.out);
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.err.print(ImageBench.USAGE);
            System.exit(USAGE);
        }
    }

    private static void soak(List<String> options) throws IOException, InterruptedException {
        try {
            if (!SoakBench.run(options, System.out)) {
                System.exit(1);
            }
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.err.print(SoakBench.usage());
            System.exit(USAGE);
        }
    }
}
