package io.keyferry.bench.cost;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is simulated.
 *
 * @param secrets AWS secrets that are listed
 * @param objects SyncedSecrets, each of which names {@link #REFERENCES} of the secrets, outside templates
 * @param changesPerDay secrets that get a new value in a day, at random times
 * @param poll seconds between listings
 * @param sync seconds between the original's resyncs
 * @param arns whether references are ARNs instead of names
 */
record CostOptions(int secrets, int objects, int days, int changesPerDay, int poll, int sync, boolean arns) {
    static final int REFERENCES = 2;

    static final String USAGE = """
            usage: ./dev bench aws-cost [--secrets N] [--objects M] [--days D] [--changes-per-day C]   (1000, 500, 30, 100)
                                        [--poll SECONDS] [--sync SECONDS] [--arns]                     (300, 120)
            """;

    CostOptions {
        if (secrets < 1 || objects < 1 || days < 1 || changesPerDay < 0 || poll < 1 || sync < 1) {
            throw new IllegalArgumentException("at least one secret, one object, one day, and a second");
        }
    }

    /** @throws IllegalArgumentException if they make no sense */
    static CostOptions parse(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String name = rest.next();
            if (name.equals("--arns")) {
                given.put(name, "true");
            } else if (rest.hasNext()) {
                given.put(name, rest.next());
            } else {
                throw new IllegalArgumentException(name + " needs a value");
            }
        }
        CostOptions options = new CostOptions(
                number(given, "--secrets", 1000),
                number(given, "--objects", 500),
                number(given, "--days", 30),
                number(given, "--changes-per-day", 100),
                number(given, "--poll", 300),
                number(given, "--sync", 120),
                given.remove("--arns") != null);
        if (!given.isEmpty()) {
            throw new IllegalArgumentException(
                    "no option: " + given.keySet().iterator().next());
        }
        return options;
    }

    private static int number(Map<String, String> given, String name, int otherwise) {
        String text = Optional.ofNullable(given.remove(name)).orElse("" + otherwise);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": no number: " + text, e);
        }
    }

    Duration length() {
        return Duration.ofDays(days);
    }

    /** Distinct secrets that are referred to. */
    int referred() {
        return Math.min(secrets, objects * REFERENCES);
    }

    /** The secret that an object's reference means. */
    int secret(int object, int reference) {
        return (object * REFERENCES + reference) % secrets;
    }
}
