package io.keyferry.operator;

import io.keyferry.operator.config.ConfigException;
import io.keyferry.operator.config.ConfigReader;
import io.keyferry.operator.config.ConfigReference;
import io.keyferry.operator.config.Flags;
import io.keyferry.operator.config.OperatorConfig;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** {@code keyferry config}: looks at a configuration without running anything. */
final class ConfigCommand {
    private static final String USAGE = """
            Usage: keyferry config check [flags of the operator]
                   keyferry config reference

              check      tell what is wrong with flags, environment and file, or what is set and where
              reference  print all flags and variables as Markdown
            """;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    ConfigCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** @return the exit code */
    int run(List<String> arguments) {
        String command = arguments.isEmpty() ? "" : arguments.getFirst();
        return switch (command) {
            case "check" -> check(arguments.subList(1, arguments.size()));
            case "reference" -> {
                out.print(ConfigReference.markdown());
                yield 0;
            }
            case "--help", "-help", "-h", "help" -> {
                out.print(USAGE);
                yield 0;
            }
            default -> {
                err.print(USAGE);
                yield ConfigException.USAGE;
            }
        };
    }

    private int check(List<String> arguments) {
        try {
            Flags.Parsed flags = new Flags().parse(arguments);
            if (flags.isOn("help")) {
                out.print(USAGE);
                return 0;
            }
            ConfigReader reader = new ConfigReader(DialectFactory.names(), environment);
            OperatorConfig config = reader.read(flags, Trials.all());
            List<String> given = reader.given(flags);
            out.println("the configuration is in order" + (given.isEmpty() ? "; nothing is set, defaults apply" : ""));
            given.forEach(line -> out.println("  " + line));
            config.doubts().forEach(doubt -> out.println("doubtful: " + doubt));
            flags.unknown().forEach(argument -> out.println("ignored: " + argument));
            reader.unknownVariables().forEach(name -> out.println("no variable of Keyferry, and ignored: " + name));
            return 0;
        } catch (ConfigException e) {
            e.problems().forEach(problem -> err.println("keyferry: " + problem));
            return e.exitCode();
        }
    }
}
