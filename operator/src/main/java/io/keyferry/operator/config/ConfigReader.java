package io.keyferry.operator.config;

import io.keyferry.dialect.syncedsecret.SyncedSecretDialect;
import io.keyferry.dialect.vaultsecret.VaultSecretDefaults;
import io.keyferry.dialect.vaultsync.VaultSyncDialect;
import io.keyferry.dialect.vsecmsecret.VSecMSecretDialect;
import io.keyferry.kubernetes.api.ObjectNames;
import io.keyferry.store.vault.VaultConfigException;
import io.keyferry.store.vault.VaultEnvironment;
import io.keyferry.store.vsecm.VsecmConfig;
import io.keyferry.store.vsecm.VsecmConfigException;
import io.keyferry.store.vsecm.VsecmEnvironment;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;

/** Makes the configuration of flags and environment. */
public final class ConfigReader {
    private final Set<String> knownDialects;
    private final Map<String, String> variables;

    public ConfigReader(Set<String> knownDialects, Map<String, String> variables) {
        this.knownDialects = Set.copyOf(knownDialects);
        this.variables = Map.copyOf(variables);
    }

    /**
     * What applies where a VaultSecret says nothing; whether it makes sense shows when it is needed.
     *
     * @throws ConfigException if an option is neither on nor off
     */
    public static VaultSecretDefaults vaultSecretDefaults(Map<String, String> variables) throws ConfigException {
        return new Environment(variables).vaultSecretDefaults();
    }

    /** @throws ConfigException if anything makes no sense */
    public OperatorConfig read(Flags.Parsed flags) throws ConfigException {
        Environment environment = new Environment(variables);
        SyncedSecretEnvironment aws = new SyncedSecretEnvironment(variables);
        try {
            return new OperatorConfig(
                    dialects(flags),
                    flags.get("kubeconfig"),
                    namespaces(flags),
                    metrics(flags, environment),
                    address(flags, "health-probe-bind-address"),
                    flags.isGiven("leader-elect")
                            ? flags.isOn("leader-elect")
                            : !dialects(flags).equals(Set.of(VaultSyncDialect.NAME)),
                    leaseNamespace(flags, environment),
                    log(flags),
                    environment.writes(),
                    environment.vaultSecretDefaults(),
                    VaultEnvironment.read(variables),
                    aws.settings(),
                    aws.store(),
                    new VSecMSecretEnvironment(variables).settings(),
                    vsecm(dialects(flags)),
                    new VaultSyncConfigReader(variables).read(flags));
        } catch (VaultConfigException | VsecmConfigException e) {
            throw new ConfigException(ConfigException.ENVIRONMENT, String.valueOf(e.getMessage()));
        }
    }

    /** Variables that others use, too, end no start of who does not use them here. */
    private Optional<VsecmConfig> vsecm(Set<String> dialects) throws VsecmConfigException {
        return dialects.isEmpty() || dialects.contains(VSecMSecretDialect.NAME)
                ? Optional.of(VsecmEnvironment.read(variables))
                : Optional.empty();
    }

    private Set<String> dialects(Flags.Parsed flags) throws ConfigException {
        Set<String> dialects = flags.dialects();
        for (String dialect : dialects) {
            if (!knownDialects.contains(dialect)) {
                throw flags.wrong(
                        "dialects", "names no dialect \"%s\"; there are %s".formatted(dialect, knownDialects));
            }
        }
        return dialects;
    }

    private static Set<String> namespaces(Flags.Parsed flags) throws ConfigException {
        Set<String> namespaces = new LinkedHashSet<>(flags.all("namespace"));
        for (String namespace : namespaces) {
            if (!ObjectNames.isValid(namespace)) {
                throw new ConfigException(
                        ConfigException.USAGE,
                        "--namespace: \"%s\" is no name of a namespace; see keyferry operator --help"
                                .formatted(namespace));
            }
        }
        return namespaces;
    }

    /** The flag counts where it is given; without it the variable of the syncedsecret dialect's original does. */
    private static Optional<BindAddress> metrics(Flags.Parsed flags, Environment environment) throws ConfigException {
        String listen = environment.get("METRICS_LISTEN").orElse("");
        if (listen.isEmpty() || flags.isGiven("metrics-bind-address")) {
            return address(flags, "metrics-bind-address");
        }
        try {
            return BindAddress.parse(listen);
        } catch (IllegalArgumentException e) {
            throw ConfigException.variable("METRICS_LISTEN", listen, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<BindAddress> address(Flags.Parsed flags, String name) throws ConfigException {
        try {
            return BindAddress.parse(flags.get(name));
        } catch (IllegalArgumentException e) {
            throw flags.wrong(name, String.valueOf(e.getMessage()));
        }
    }

    private static String leaseNamespace(Flags.Parsed flags, Environment environment) {
        String flag = flags.get("leader-election-namespace");
        return flag.isEmpty() ? environment.get("POD_NAMESPACE").orElse("") : flag;
    }

    private static LogConfig log(Flags.Parsed flags) throws ConfigException {
        boolean development = flags.isOn("zap-devel");
        String level = given(flags, "zap-log-level", development ? "debug" : flags.get("log-level"));
        String format = given(flags, "zap-encoder", development ? "console" : flags.get("log-format"));
        return new LogConfig(level(flags, level), format(flags, format));
    }

    /** The original's flag where it is given. */
    private static String given(Flags.Parsed flags, String original, String fallback) {
        return flags.get(original).isEmpty() ? fallback : flags.get(original);
    }

    private static Level level(Flags.Parsed flags, String text) throws ConfigException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "error", "panic" -> Level.SEVERE;
            case "warn", "warning" -> Level.WARNING;
            case "info" -> Level.INFO;
            case "debug" -> Level.FINE;
            default -> {
                if (text.matches("[1-9][0-9]{0,2}")) {
                    yield Level.FINE;
                }
                throw flags.wrong(
                        flags.get("zap-log-level").isEmpty() ? "log-level" : "zap-log-level",
                        "is no level: use error, warn, info or debug");
            }
        };
    }

    private static LogConfig.Format format(Flags.Parsed flags, String text) throws ConfigException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "json" ->
                flags.get("dialects").equals(SyncedSecretDialect.NAME)
                        ? LogConfig.Format.SYNCER_JSON
                        : LogConfig.Format.JSON;
            case "console" -> LogConfig.Format.CONSOLE;
            default ->
                throw flags.wrong(
                        flags.get("zap-encoder").isEmpty() ? "log-format" : "zap-encoder",
                        "is no log format: use json or console");
        };
    }
}
