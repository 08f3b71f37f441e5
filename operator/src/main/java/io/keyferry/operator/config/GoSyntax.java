package io.keyferry.operator.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes command lines apart as Go's package flag does: one dash is as good as two, a value stands behind {@code =} or a
 * space, a toggle takes one only behind {@code =}, and {@code -h} asks for help.
 */
final class GoSyntax {
    private static final Pattern FLAG = Pattern.compile("--?([^=]+)(?:=(.*))?", Pattern.DOTALL);
    private static final String HELP = "help";
    private static final String SHORT_HELP = "h";

    private final Map<String, Flag> flags;

    GoSyntax(Map<String, Flag> flags) {
        this.flags = flags;
    }

    /**
     * What a command line says.
     *
     * @param values of flags that were given, by name; one, but for {@link Flag.Kind#NAMES}
     * @param unknown what means nothing
     * @param problems what is the matter with those that mean nothing
     * @param lacking what is the matter if a flag has no value
     */
    record Given(Map<String, List<String>> values, List<String> unknown, List<String> problems, List<String> lacking) {}

    Given parse(List<String> arguments) {
        Map<String, List<String>> values = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<String> lacking = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            Matcher parts = FLAG.matcher(argument);
            Flag flag = parts.matches() ? named(parts.group(1)) : null;
            if (flag == null) {
                problems.add(usage(
                        parts.matches()
                                ? "unknown flag: " + argument.substring(0, parts.end(1))
                                : "not a flag: \"" + argument + "\""));
                unknown.add(argument);
            } else if (parts.group(2) != null) {
                add(values, flag, parts.group(2));
            } else if (flag.kind() == Flag.Kind.TOGGLE) {
                add(values, flag, "true");
            } else if (i + 1 < arguments.size()) {
                add(values, flag, arguments.get(++i));
            } else {
                lacking.add(usage("flag needs a value: --" + flag.name()));
            }
        }
        return new Given(values, unknown, problems, lacking);
    }

    private @Nullable Flag named(String name) {
        return flags.get(name.equals(SHORT_HELP) ? HELP : name);
    }

    private static void add(Map<String, List<String>> values, Flag flag, String value) {
        if (flag.kind() == Flag.Kind.NAMES) {
            values.computeIfAbsent(flag.name(), _ -> new ArrayList<>()).addAll(Arrays.asList(value.split(",", -1)));
        } else {
            values.put(flag.name(), List.of(value));
        }
    }

    /** A problem of the command line, and where to read on. */
    static String usage(String problem) {
        return problem + "; see keyferry operator --help";
    }
}
