package io.keyferry.bench.soak;

import java.util.List;

/**
 * How to soak.
 *
 * @param minutes how long edits and faults go on
 * @param objects how many objects there are, of all dialects together
 * @param seed of edits and faults
 */
record SoakOptions(int minutes, int objects, long seed) {
    static final String USAGE = """
                   ./dev bench soak [--minutes 30] [--objects 1000] [--seed 1]
            """;

    private static final int FEWEST_OBJECTS = 40;
    private static final int FEWEST_MINUTES = 5;

    /** @throws IllegalArgumentException if the arguments make no sense */
    static SoakOptions parse(List<String> arguments) {
        SoakOptions options = new SoakOptions(30, 1000, 1);
        for (int i = 0; i < arguments.size(); i += 2) {
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(arguments.get(i) + " needs a value");
            }
            long value = Long.parseLong(arguments.get(i + 1));
            options = switch (arguments.get(i)) {
                case "--minutes" -> new SoakOptions(Math.toIntExact(value), options.objects, options.seed);
                case "--objects" -> new SoakOptions(options.minutes, Math.toIntExact(value), options.seed);
                case "--seed" -> new SoakOptions(options.minutes, options.objects, value);
                default -> throw new IllegalArgumentException("no option " + arguments.get(i));
            };
        }
        if (options.minutes < FEWEST_MINUTES || options.objects < FEWEST_OBJECTS) {
            throw new IllegalArgumentException(
                    "at least %d minutes and %d objects".formatted(FEWEST_MINUTES, FEWEST_OBJECTS));
        }
        return options;
    }
}
