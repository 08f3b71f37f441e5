package io.keyferry.bench;

import java.io.IOException;
import java.util.Arrays;

/** {@code ./dev bench}. */
public final class Bench {
    private static final int USAGE = 2;

    private Bench() {}

    /** @param arguments a scenario and its options */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options;
        try {
            options = Options.parse(Arrays.asList(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.err.print(Options.USAGE);
            System.exit(USAGE);
            return;
        }
        Report report = new Report(options);
        switch (options.scenario()) {
            case COLD -> Scenarios.cold(options, report);
            case FLEET -> Scenarios.fleet(options, report);
        }
        report.print(System.out);
        System.out.println("\nwritten to " + report.write());
    }
}
