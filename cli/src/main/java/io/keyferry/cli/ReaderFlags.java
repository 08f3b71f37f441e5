package io.keyferry.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The flags of {@code keyferry reader}, as Go takes them: one dash or two, the value behind {@code =} or a space, and of
 * a repeated flag the last counts.
 *
 * @param path the manifest; empty if it was not given
 * @param output the format
 * @param help whether only help is wanted
 */
record ReaderFlags(String path, String output, boolean help) {
    static final String HELP = """
            Usage: keyferry reader -path FILE [-o FORMAT]

            Reads what the first VaultSecret in FILE asks for, and prints it. VAULT_TOKEN holds the token to read with.
            What the VaultSecret leaves open comes from the environment, as for the operator: VAULT_ADDR and the others.

              -path FILE    manifest of a VaultSecret
              -o FORMAT     env, json or yaml (default env)
              -help         print this and exit
            """;
    private static final Set<String> WITH_VALUE = Set.of("path", "o");
    private static final Set<String> WITHOUT = Set.of("help", "h");

    static ReaderFlags parse(List<String> arguments) throws UsageException {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("-") || argument.length() == 1) {
                throw usage("not a flag: \"" + argument + "\"");
            }
            String flag = argument.substring(argument.startsWith("--") ? 2 : 1);
            int equals = flag.indexOf('=');
            String name = equals < 0 ? flag : flag.substring(0, equals);
            if (equals < 0 && WITHOUT.contains(name)) {
                given.put("help", "");
            } else if (!WITH_VALUE.contains(name)) {
                throw usage("unknown flag: -" + name);
            } else if (equals >= 0) {
                given.put(name, flag.substring(equals + 1));
            } else if (i + 1 < arguments.size()) {
                given.put(name, arguments.get(++i));
            } else {
                throw usage("flag needs a value: -" + name);
            }
        }
        return new ReaderFlags(
                given.getOrDefault("path", ""), given.getOrDefault("o", "env"), given.containsKey("help"));
    }

    private static UsageException usage(String problem) {
        return new UsageException("keyferry: " + problem + "; see keyferry reader --help");
    }
}
