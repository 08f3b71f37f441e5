package io.keyferry.operator.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** Writes flags of Go's syntax so that every value stands behind an equals sign, which leaves nothing to guess. */
final class GoSyntax {
    /** What may precede a name. */
    private static final Pattern FLAG = Pattern.compile("--?([^=]+)(=.*)?", Pattern.DOTALL);

    private GoSyntax() {}

    /**
     * Arguments as they are to be parsed, and those that mean nothing.
     *
     * @param problems what is the matter with those that mean nothing
     * @param lacking what is the matter if a flag has no value
     */
    record Normal(List<String> arguments, List<String> unknown, List<String> problems, List<String> lacking) {}

    /** @param toggles the flags that need no value */
    static Normal normalize(List<String> arguments, CommandSpec spec, Set<String> toggles) {
        List<String> normal = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<String> lacking = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            Matcher flag = FLAG.matcher(argument);
            if (!flag.matches() || spec.findOption("--" + flag.group(1)) == null) {
                problems.add(usage(
                        flag.matches()
                                ? "unknown flag: " + argument.substring(0, flag.end(1))
                                : "not a flag: \"" + argument + "\""));
                unknown.add(argument);
            } else if (flag.group(2) != null) {
                normal.add("--" + flag.group(1) + flag.group(2));
            } else if (toggles.contains(flag.group(1))) {
                normal.add("--" + flag.group(1) + "=true");
            } else if (i + 1 < arguments.size()) {
                normal.add("--" + flag.group(1) + "=" + arguments.get(++i));
            } else {
                lacking.add(usage("flag needs a value: --" + flag.group(1)));
            }
        }
        return new Normal(normal, unknown, problems, lacking);
    }

    /** A problem of the command line, and where to read on. */
    static String usage(String problem) {
        return problem + "; see keyferry operator --help";
    }
}
