package io.keyferry.operator;

import io.keyferry.operator.config.ConfigException;
import io.keyferry.operator.config.ConfigReader;
import io.keyferry.operator.config.Flags;
import io.keyferry.operator.config.LogConfig;
import io.keyferry.operator.config.OperatorConfig;
import io.keyferry.operator.doctor.Doctor;
import io.keyferry.operator.log.Logging;
import io.keyferry.operator.metrics.OperatorMetrics;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;

/** {@code keyferry doctor}: says what is wrong with what the operator depends on, and what to do. Changes nothing. */
final class DoctorCommand {
    private static final String USAGE = """
            Usage: keyferry doctor [flags of the operator]

            Checks the configuration, access to the cluster, clocks, custom resource definitions, rights, leases, stores and
            the states of objects, as the operator with these flags would meet them, and says what to do about what is wrong.
            Changes nothing. Exits with 1 if something does not work.
            """;

    private final Map<String, String> environment;
    private final BuildInfo build;
    private final PrintStream out;
    private final PrintStream err;

    DoctorCommand(Map<String, String> environment, BuildInfo build, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.build = build;
        this.out = out;
        this.err = err;
    }

    /** @return the exit code */
    int run(List<String> arguments) throws InterruptedException {
        try {
            Flags.Parsed flags = new Flags().parse(arguments);
            if (flags.isOn("help")) {
                out.print(USAGE);
                return 0;
            }
            OperatorConfig config = new ConfigReader(DialectFactory.names(), environment).read(flags);
            quieten();
            try (Examination examination =
                    new Examination(config, new OperatorMetrics(build.version(), build.commit()))) {
                out.println("ok    configuration makes sense");
                return new Doctor(examination.checks()).examine(out) ? 0 : 1;
            }
        } catch (ConfigException e) {
            e.problems().forEach(problem -> err.println("keyferry: " + problem));
            return e.exitCode();
        }
    }

    /** Everything worth telling is a finding. */
    static void quieten() {
        Logging.configure(new LogConfig(Level.OFF, Map.of(), LogConfig.Format.CONSOLE, Level.OFF));
    }
}
