package io.keyferry.operator.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** Writes flags of Go's syntax so that every value stands behind an equals sign, which leaves nothing to guess. */
final class GoSyntax {
    private GoSyntax() {}

    /**
     * @param toggles the flags that need no value
     * @throws ConfigException if a flag is unknown, lacks its value, or something is no flag
     */
    static String[] normalize(List<String> arguments, CommandSpec spec, Set<String> toggles) throws ConfigException {
        List<String> normal = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            String name = argument.startsWith("--") ? argument.substring(2) : argument.substring(dash(argument));
            int equals = name.indexOf('=');
            String bare = equals < 0 ? name : name.substring(0, equals);
            if (spec.findOption("--" + bare) == null) {
                throw usage("unknown flag: " + argument.substring(0, argument.length() - name.length()) + bare);
            }
            if (equals >= 0) {
                normal.add("--" + name);
            } else if (toggles.contains(bare)) {
                normal.add("--" + name + "=true");
            } else if (i + 1 < arguments.size()) {
                normal.add("--" + name + "=" + arguments.get(++i));
            } else {
                throw usage("flag needs a value: --" + name);
            }
        }
        return normal.toArray(String[]::new);
    }

    private static int dash(String argument) throws ConfigException {
        if (!argument.startsWith("-") || argument.length() == 1) {
            throw usage("not a flag: \"" + argument + "\"");
        }
        return 1;
    }

    private static ConfigException usage(String problem) {
        return new ConfigException(ConfigException.USAGE, problem + "; see keyferry operator --help");
    }
}
