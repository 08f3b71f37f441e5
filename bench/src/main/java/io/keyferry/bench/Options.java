package io.keyferry.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to measure.
 *
 * @param period seconds between two looks at an object
 * @param rounds how often all is done
 * @param javaOptions further JVM options of the operator and the bare writer, separated by spaces
 * @param heap the operator's and the bare writer's largest heap, as after {@code -Xmx}; empty for the operator's own
 */
record Options(
        Scenario scenario,
        int objects,
        int secrets,
        int period,
        int rounds,
        String javaOptions,
        Optional<String> heap) {
    static final String USAGE = """
            usage: ./dev bench cold  [--objects N] [--secrets D] [--period SECONDS]   (5000, 250, 600)
                   ./dev bench fleet [--objects N] [--secrets D] [--period SECONDS]   (2000, 100, 60)
            both:  [--rounds N]   how many times everything is done, with new servers (cold 3, fleet 1)
                   [--java-opts "..."] [--heap 256m]   for the operator and the bare writer
            """;

    enum Scenario {
        COLD,
        FLEET
    }

    Options {
        if (objects < 1 || secrets < 1 || secrets > objects || period < 1 || rounds < 1) {
            throw new IllegalArgumentException("at least one secret, one object for each, a second, and a round");
        }
    }

    /** @throws IllegalArgumentException if they make no sense */
    static Options parse(List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("which scenario?");
        }
        Scenario scenario = switch (arguments.getFirst()) {
            case "cold" -> Scenario.COLD;
            case "fleet" -> Scenario.FLEET;
            default -> throw new IllegalArgumentException("no scenario: " + arguments.getFirst());
        };
        Map<String, String> given = pairs(arguments.subList(1, arguments.size()));
        boolean cold = scenario == Scenario.COLD;
        Options options = new Options(
                scenario,
                number(given, "--objects", cold ? 5000 : 2000),
                number(given, "--secrets", cold ? 250 : 100),
                number(given, "--period", cold ? 600 : 60),
                number(given, "--rounds", cold ? 3 : 1),
                Optional.ofNullable(given.remove("--java-opts")).orElse(""),
                Optional.ofNullable(given.remove("--heap")));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException(
                    "no option: " + given.keySet().iterator().next());
        }
        return options;
    }

    private static Map<String, String> pairs(List<String> arguments) {
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String[] option = arguments.get(i).split("=", 2);
            if (option.length == 2) {
                pairs.put(option[0], option[1]);
            } else if (i + 1 < arguments.size()) {
                pairs.put(option[0], arguments.get(++i));
            } else {
                throw new IllegalArgumentException(option[0] + " needs a value");
            }
        }
        return pairs;
    }

    private static int number(Map<String, String> given, String name, int otherwise) {
        String text = Optional.ofNullable(given.remove(name)).orElse("" + otherwise);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": no number: " + text, e);
        }
    }
}
