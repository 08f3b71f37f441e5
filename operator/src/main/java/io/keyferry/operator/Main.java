package io.keyferry.operator;

import io.keyferry.cli.ReaderCommand;
import io.keyferry.dialect.vaultsync.VaultSyncDialect;
import io.keyferry.operator.config.ConfigException;
import io.keyferry.operator.config.ConfigReader;
import io.keyferry.operator.config.Flags;
import io.keyferry.operator.config.OperatorConfig;
import io.keyferry.operator.log.Logging;
import io.keyferry.operator.metrics.MetricsReference;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The command line. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final int FAILED = 1;
    private static final String VAULT_SYNC_OPERATOR = "vault-sync-operator";
    private static final String USAGE = """
            Usage: keyferry COMMAND

            Commands:
              operator [flags]  run the operator; --help lists its flags; flags without a command are its too
              reader [flags]    print what a VaultSecret's manifest asks for; --help lists its flags
              config check      tell what is wrong with flags, environment and file, without running
              config reference  print all flags and variables as Markdown
              doctor [flags]    check what the operator depends on, and say what to do
              support-bundle    collect what somebody needs who is asked for help, without a secret value
              metrics reference print all metrics as Markdown
              --version         print which build this is
              --help            print this
            """;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    Main(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** @param arguments a command and its flags */
    public static void main(String[] arguments) {
        System.exit(new Main(System.getenv(), System.out, System.err).run(Arrays.asList(arguments)));
    }

    /** @return the exit code */
    int run(List<String> arguments) {
        BuildInfo build = BuildInfo.load();
        Optional<String> mismatch = build.mismatch(CompiledBuild.id());
        if (mismatch.isPresent()) {
            err.println("keyferry: " + mismatch.get());
            return FAILED;
        }
        if (arguments.isEmpty()) {
            err.print(USAGE);
            return ConfigException.USAGE;
        }
        String command = arguments.getFirst();
        return switch (command) {
            case "--version", "-version", "version" -> {
                out.println(isManager() ? build.as(VAULT_SYNC_OPERATOR) : build);
                yield 0;
            }
            case "--help", "-help", "-h", "help" -> {
                out.print(USAGE);
                yield 0;
            }
            case "operator" -> operator(arguments.subList(1, arguments.size()), build);
            case "config" -> new ConfigCommand(environment, out, err).run(arguments.subList(1, arguments.size()));
            case "metrics" -> metrics(arguments.subList(1, arguments.size()));
            case "doctor" ->
                uninterrupted(() ->
                        new DoctorCommand(environment, build, out, err).run(arguments.subList(1, arguments.size())));
            case "support-bundle" ->
                uninterrupted(() ->
                        new BundleCommand(environment, build, out, err).run(arguments.subList(1, arguments.size())));
            case "reader" -> reader(arguments.subList(1, arguments.size()));
            default -> {
                if (command.startsWith("-")) {
                    yield operator(arguments, build);
                }
                err.println("unknown command: " + command + "; see keyferry --help");
                yield ConfigException.USAGE;
            }
        };
    }

    /** Of the originals that were called so the one that tells its version. */
    private static boolean isManager() {
        return "manager".equals(System.getProperty("io.keyferry.launcher"));
    }

    private static void tellIgnored(Flags.Parsed flags, ConfigReader reader) {
        if (!flags.unknown().isEmpty()) {
            LOG.warn("ignored: {}", String.join(" ", flags.unknown()));
        }
        List<String> variables = reader.unknownVariables();
        if (!variables.isEmpty()) {
            LOG.warn("no variables of Keyferry, and ignored: {}", String.join(" ", variables));
        }
    }

    private interface Command {
        int run() throws InterruptedException;
    }

    private int uninterrupted(Command command) {
        try {
            return command.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        } catch (RuntimeException e) {
            err.println("keyferry: ended for a reason it should not have: " + e);
            return FAILED;
        }
    }

    private int metrics(List<String> arguments) {
        if (!arguments.equals(List.of("reference"))) {
            err.println("Usage: keyferry metrics reference");
            return ConfigException.USAGE;
        }
        out.print(MetricsReference.markdown());
        return 0;
    }

    private int reader(List<String> arguments) {
        try {
            return new ReaderCommand(environment, ConfigReader.vaultSecretDefaults(environment), out, err)
                    .run(arguments);
        } catch (ConfigException e) {
            err.println("keyferry: " + e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private int operator(List<String> arguments, BuildInfo build) {
        try {
            Flags flags = new Flags();
            Flags.Parsed parsed = flags.parse(arguments);
            if (parsed.isOn("help")) {
                out.print(flags.help());
                return 0;
            }
            if (parsed.isOn("version")) {
                out.println(
                        parsed.dialects().isEmpty() || parsed.dialects().contains(VaultSyncDialect.NAME)
                                ? build.as(VAULT_SYNC_OPERATOR)
                                : build);
                return 0;
            }
            ConfigReader reader = new ConfigReader(DialectFactory.names(), environment);
            OperatorConfig config = reader.read(parsed, Trials.all());
            Logging.configure(config.log());
            tellIgnored(parsed, reader);
            Optional<LogLevels> levels =
                    config.file().map(file -> LogLevels.follow(file, config.log(), () -> reader.read(parsed)));
            new Program(config, build).run();
            levels.ifPresent(LogLevels::close);
            return 0;
        } catch (ConfigException e) {
            e.problems().forEach(problem -> err.println("keyferry: " + problem));
            return e.exitCode();
        } catch (IOException e) {
            err.println("keyferry: " + e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        } catch (RuntimeException e) {
            LOG.error("the operator ended for a reason it should not have", e);
            return FAILED;
        }
    }
}
