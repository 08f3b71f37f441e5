package io.keyferry.operator.config;

import io.keyferry.dialect.vaultsecret.VaultSecretDefaults;
import io.keyferry.dialect.vaultsync.VaultSyncDialect;
import io.keyferry.dialect.vsecmsecret.VSecMSecretDialect;
import io.keyferry.kubernetes.api.ObjectNames;
import io.keyferry.store.vault.VaultConfig;
import io.keyferry.store.vault.VaultEnvironment;
import io.keyferry.store.vsecm.VsecmConfig;
import io.keyferry.store.vsecm.VsecmEnvironment;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the configuration of flags, environment and file; what is named first goes before what follows. */
public final class ConfigReader {
    private static final String LEASE_NAMESPACE = "leader-election-namespace";

    private static final String METRICS_CERTIFICATE = "metrics-cert-path";

    private final Set<String> knownDialects;
    private final Map<String, String> environment;

    public ConfigReader(Set<String> knownDialects, Map<String, String> environment) {
        this.knownDialects = Set.copyOf(knownDialects);
        this.environment = Map.copyOf(environment);
    }

    /**
     * What applies where a VaultSecret says nothing; whether it makes sense shows when it is needed.
     *
     * @throws ConfigException if an option is neither on nor off
     */
    public static VaultSecretDefaults vaultSecretDefaults(Map<String, String> variables) throws ConfigException {
        ConfigProblems problems = new ConfigProblems();
        VaultSecretDefaults defaults = new Environment(variables, problems).vaultSecretDefaults();
        problems.check();
        return defaults;
    }

    /** Flags that know of variables and file, and variables that know of the file. */
    private record Sources(Flags.Parsed flags, Map<String, String> variables) {}

    private Sources sources(Flags.Parsed given, ConfigProblems problems) {
        String name = given.with(environment, Map.of()).get(Flags.CONFIG);
        ConfigFile file = ConfigFile.read(name, problems);
        return new Sources(given.with(environment, file.flags()), file.variables(environment));
    }

    /** Finds out whether a part of a configuration is of use. */
    @FunctionalInterface
    public interface Trial {
        /** @throws ConfigException if it is not */
        void of(OperatorConfig config) throws ConfigException;
    }

    /**
     * @param trials what the configuration has to pass besides; they see stand-ins where something makes no sense
     * @throws ConfigException with all that makes no sense
     */
    public OperatorConfig read(Flags.Parsed given, Trial... trials) throws ConfigException {
        ConfigProblems problems = new ConfigProblems();
        Sources sources = sources(given, problems);
        problems.usage(sources.flags().problems());
        OperatorConfig config = config(sources.flags(), sources.variables(), problems);
        for (Trial trial : trials) {
            boolean _ = problems.read(
                    () -> {
                        trial.of(config);
                        return true;
                    },
                    false);
        }
        problems.check();
        return config;
    }

    private OperatorConfig config(Flags.Parsed flags, Map<String, String> variables, ConfigProblems problems) {
        Environment environment = new Environment(variables, problems);
        SyncedSecretEnvironment aws = new SyncedSecretEnvironment(new Lookup(variables, problems));
        Set<String> dialects = dialects(flags, problems);
        Optional<BindAddress> metrics = metrics(flags, environment, problems);
        Optional<BindAddress> health = address(flags, "health-probe-bind-address", problems);
        return new OperatorConfig(
                Optional.of(flags.get(Flags.CONFIG))
                        .filter(name -> !name.isEmpty())
                        .map(Path::of),
                dialects,
                flags.get("kubeconfig"),
                namespaces(flags, problems),
                metrics,
                problems.read(() -> certificate(flags, metrics, health), Optional.empty()),
                health,
                problems.read(() -> leaderElection(flags, dialects), true),
                problems.read(() -> leaseNamespace(flags, environment), ""),
                new LogFlags(flags).read(problems),
                environment.writes(),
                environment.vaultSecretDefaults(),
                problems.read(() -> VaultEnvironment.read(variables), VaultConfig.defaults()),
                aws.settings(),
                aws.store(),
                new VSecMSecretEnvironment(new Lookup(variables, problems)).settings(),
                vsecm(dialects, variables, problems),
                new VaultSyncConfigReader(variables, problems).read(flags));
    }

    /**
     * What is set, and where, for all that is not as it would be without.
     *
     * @return lines of the form {@code name = value (source)}
     * @throws ConfigException if the file cannot be read
     */
    public List<String> given(Flags.Parsed given) throws ConfigException {
        ConfigProblems problems = new ConfigProblems();
        Sources sources = sources(given, problems);
        problems.check();
        Flags.Parsed flags = sources.flags();
        Map<String, String> variables = sources.variables();
        Stream<String> ofFlags = new Flags()
                .described().stream()
                        .flatMap(flag -> flags.source(flag.name()).stream()
                                .map(source -> "%s = %s (%s)"
                                        .formatted(flag.name(), Masking.of(flags.value(flag.name())), source)));
        Stream<String> ofVariables = Variable.all().stream()
                .map(Variable::name)
                .filter(variables::containsKey)
                .map(name -> "%s = %s (%s)"
                        .formatted(
                                name,
                                Masking.of(variables.getOrDefault(name, "")),
                                environment.containsKey(name) ? "environment" : flags.get(Flags.CONFIG)));
        return Stream.concat(ofFlags, ofVariables).toList();
    }

    /** Variables that look as if they were Keyferry's, and are not. A Service's are made by Kubernetes. */
    public List<String> unknownVariables() {
        KnownVariables known = new KnownVariables();
        return environment.keySet().stream()
                .filter(name -> name.startsWith("KEYFERRY_"))
                .filter(name -> !known.contains(name))
                .sorted()
                .toList();
    }

    private static boolean leaderElection(Flags.Parsed flags, Set<String> dialects) throws ConfigException {
        return flags.source("leader-elect").isPresent()
                ? flags.isOn("leader-elect")
                : !dialects.equals(Set.of(VaultSyncDialect.NAME));
    }

    /** Variables that others use, too, end no start of who does not use them here. */
    private static Optional<VsecmConfig> vsecm(
            Set<String> dialects, Map<String, String> variables, ConfigProblems problems) {
        return dialects.isEmpty() || dialects.contains(VSecMSecretDialect.NAME)
                ? problems.read(() -> Optional.of(VsecmEnvironment.read(variables)), Optional.empty())
                : Optional.empty();
    }

    private Set<String> dialects(Flags.Parsed flags, ConfigProblems problems) {
        return flags.dialects().stream()
                .filter(dialect -> problems.read(() -> known(flags, dialect), false))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private boolean known(Flags.Parsed flags, String dialect) throws ConfigException {
        if (knownDialects.contains(dialect)) {
            return true;
        }
        if (dialect.equals("auto")) {
            throw flags.wrong("dialects", "has more than \"auto\": that stands alone, or all dialects are named");
        }
        throw flags.wrong(
                "dialects", "names no dialect \"%s\"; there are %s".formatted(dialect, new TreeSet<>(knownDialects)));
    }

    private static Set<String> namespaces(Flags.Parsed flags, ConfigProblems problems) {
        return flags.all(Flags.NAMESPACE).stream()
                .map(String::strip)
                .filter(namespace -> problems.read(() -> valid(flags, namespace), false))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean valid(Flags.Parsed flags, String namespace) throws ConfigException {
        if (ObjectNames.isValid(namespace)) {
            return true;
        }
        throw flags.wrong(Flags.NAMESPACE, namespace, "is no name of a namespace");
    }

    /** The flag counts where it is given; without it the variable of the syncedsecret dialect's original does. */
    private Optional<BindAddress> metrics(Flags.Parsed flags, Environment environment, ConfigProblems problems) {
        String listen = environment.get("METRICS_LISTEN").orElse("");
        boolean fromFile = this.environment.keySet().stream().noneMatch("METRICS_LISTEN"::equalsIgnoreCase);
        boolean flagCounts =
                fromFile ? flags.source("metrics-bind-address").isPresent() : flags.isGiven("metrics-bind-address");
        if (listen.isEmpty() || flagCounts) {
            return address(flags, "metrics-bind-address", problems);
        }
        try {
            return BindAddress.parse(listen);
        } catch (IllegalArgumentException e) {
            problems.variable("METRICS_LISTEN", listen, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Probes are asked for without TLS. */
    private static Optional<Path> certificate(
            Flags.Parsed flags, Optional<BindAddress> metrics, Optional<BindAddress> health) throws ConfigException {
        String folder = flags.get(METRICS_CERTIFICATE);
        if (!folder.isEmpty() && metrics.isPresent() && metrics.equals(health)) {
            throw flags.wrong(
                    METRICS_CERTIFICATE,
                    "needs metrics to be served elsewhere than probes: see --metrics-bind-address");
        }
        return Optional.of(folder).filter(name -> !name.isEmpty()).map(Path::of);
    }

    private static Optional<BindAddress> address(Flags.Parsed flags, String name, ConfigProblems problems) {
        return problems.read(
                () -> {
                    try {
                        return BindAddress.parse(flags.get(name));
                    } catch (IllegalArgumentException e) {
                        throw flags.wrong(name, String.valueOf(e.getMessage()));
                    }
                },
                Optional.empty());
    }

    private static String leaseNamespace(Flags.Parsed flags, Environment environment) throws ConfigException {
        String flag = flags.get(LEASE_NAMESPACE);
        if (!flag.isEmpty() && !ObjectNames.isValid(flag)) {
            throw flags.wrong(LEASE_NAMESPACE, "is no name of a namespace");
        }
        return flag.isEmpty() ? environment.get("POD_NAMESPACE").orElse("") : flag;
    }
}
