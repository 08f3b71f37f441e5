package io.keyferry.operator.config;

import io.keyferry.dialect.syncedsecret.SyncedSecretDialect;
import io.keyferry.dialect.vaultsync.VaultSyncDialect;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The flags of {@code keyferry operator}. As in Go, one dash is as good as two, a value stands behind {@code =} or a
 * space, a toggle takes one only behind {@code =}, and of a repeated flag the last counts.
 */
public final class Flags {
    static final String CONFIG = "config";
    static final String NAMESPACE = "namespace";
    static final String VAULT_ADDR = "vault-addr";
    static final String VAULT_ROLE = "vault-role";
    static final String VAULT_AUTH_PATH = "vault-auth-path";
    static final String CLUSTER_NAME = "cluster-name";
    static final String TOKEN_FILE = "service-account-token-file";
    static final String METRICS_AUTH = "enable-metrics-auth";

    /** Flags that only the original of the vaultsync dialect has: who gives one means that dialect. */
    private static final List<String> VAULT_SYNC =
            List.of(VAULT_ADDR, VAULT_ROLE, VAULT_AUTH_PATH, CLUSTER_NAME, TOKEN_FILE, METRICS_AUTH);

    /** Flags that ask for an answer rather than to run so. */
    private static final Set<String> ASKING = Set.of("help", "version");

    private static final String SERVICE_ACCOUNT_TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    private static final String USAGE = """
            Usage: keyferry operator [flags]

            One dash is as good as two, a value stands behind = or a space, and of a repeated flag other than --namespace the
            last counts.

            """;

    private final Map<String, Flag> flags = new LinkedHashMap<>();

    public Flags() {
        value(
                "dialects",
                "auto",
                "which dialects to run, separated by commas; auto: every one whose CRD is installed, or vaultsync alone where one of its original's flags is given");
        value(CONFIG, "", "YAML file of flags and variables; what is given otherwise goes before it");
        value("kubeconfig", "", "kubeconfig file; default: what a pod or kubectl takes");
        add(new Flag(NAMESPACE, Flag.Kind.NAMES, "", "namespace to work in; repeat for several; default: all"));
        value("metrics-bind-address", ":8080", "where metrics are served; 0 for nowhere");
        value(
                "metrics-cert-path",
                "",
                "folder with tls.crt and tls.key: metrics are served over TLS with them, and follow them as they change");
        value("health-probe-bind-address", ":8081", "where /healthz and /readyz are answered; 0 for nowhere");
        toggle(
                "leader-elect",
                "true",
                "work only while holding each dialect's lease; false where vaultsync alone runs and the flag is not given");
        value("leader-election-namespace", "", "namespace of the leases; default: the pod's, or POD_NAMESPACE");
        value("log-level", "info", "error, warn, info or debug; also for parts: info,io.keyferry.engine=debug");
        value("log-format", "json", "json or console");
        toggle("zap-devel", "false", "console log from level debug on");
        value("zap-encoder", "", "same as --log-format");
        value("zap-log-level", "", "same as --log-level; a number above 0 is debug");
        value(
                "zap-stacktrace-level",
                "",
                "lines of JSON from this level on have a stacktrace: debug, info, warn, error (the default) or, for none, panic (the default with syncedsecret alone)");
        value("zap-time-encoding", "", "accepted; times are RFC 3339");
        toggle(
                "enable-leader-election",
                "true",
                "accepted, as kube-secret-syncer's manifests give it; see --leader-elect");
        value("metrics-addr", "", "accepted, as kube-secret-syncer's manifests give it; see --metrics-bind-address");
        value(
                VAULT_ADDR,
                "http://vault:8200",
                "vaultsync: the Vault to write to; the variable VAULT_AGENT_ADDR goes before it");
        value(VAULT_ROLE, "vault-sync-operator", "vaultsync: the role to log in with");
        value(VAULT_AUTH_PATH, "kubernetes", "vaultsync: where to log in is auth/VALUE/login");
        value(TOKEN_FILE, SERVICE_ACCOUNT_TOKEN, "vaultsync: the file of the JWT to log in with");
        value(CLUSTER_NAME, "", "vaultsync: all paths are written below clusters/VALUE/");
        toggle(METRICS_AUTH, "true", "vaultsync alone: show metrics only to those who may get /metrics");
        toggle("version", "false", "print which build this is and exit");
        toggle("help", "false", "print this and exit");
    }

    private void value(String name, String value, String description) {
        add(new Flag(name, Flag.Kind.TEXT, value, description));
    }

    private void toggle(String name, String value, String description) {
        add(new Flag(name, Flag.Kind.TOGGLE, value, description));
    }

    private void add(Flag flag) {
        flags.put(flag.name(), flag);
    }

    /** The text of {@code --help}. */
    public String help() {
        return flags.values().stream().map(Flag::usage).collect(Collectors.joining("", USAGE, ""));
    }

    /**
     * A flag as the reference has it.
     *
     * @param variable the environment variable that stands in for it; empty if there is none
     */
    public record Described(String name, String variable, String description) {}

    /** Every flag, in the order of {@code --help}. */
    public List<Described> described() {
        return flags.values().stream()
                .map(flag -> new Described(
                        flag.name(), isSetting(flag.name()) ? variable(flag.name()) : "", flag.described()))
                .toList();
    }

    /** Whether a flag may as well be given as a variable, and stand in a file. */
    private static boolean isSetting(String name) {
        return !ASKING.contains(name);
    }

    /** Names that may stand in a file. */
    Set<String> settings() {
        return flags.keySet().stream()
                .filter(name -> isSetting(name) && !name.equals(CONFIG))
                .collect(Collectors.toSet());
    }

    /** The variable that stands in for a flag. */
    static String variable(String flag) {
        return "KEYFERRY_" + flag.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** Takes a command line apart; what is the matter with it shows in {@link Parsed#problems}. */
    public Parsed parse(List<String> arguments) {
        return new Parsed(flags, new GoSyntax(flags).parse(arguments), Map.of());
    }

    /**
     * The value of a flag that is not given.
     *
     * @param source where it is, as its problems name it
     */
    private record Setting(String value, String source, boolean isVariable) {}

    /** Flags as they were given, and what applies where one was not. */
    public static final class Parsed {
        private final Map<String, Flag> flags;
        private final GoSyntax.Given arguments;
        private final Map<String, Setting> others;

        private Parsed(Map<String, Flag> flags, GoSyntax.Given arguments, Map<String, Setting> others) {
            this.flags = flags;
            this.arguments = arguments;
            this.others = others;
        }

        /** Where flags that are not given are looked for: variables first, then the file. */
        Parsed with(Map<String, String> variables, Map<String, String> file) {
            Map<String, Setting> found = new HashMap<>();
            flags.keySet().stream().filter(Flags::isSetting).forEach(name -> {
                String variable = variables.getOrDefault(variable(name), "");
                String inFile = file.get(name);
                if (!variable.isEmpty()) {
                    found.put(name, new Setting(variable, variable(name), true));
                } else if (inFile != null) {
                    found.put(name, new Setting(inFile, name + " in " + get(CONFIG), false));
                }
            });
            return new Parsed(flags, arguments, Map.copyOf(found));
        }

        String get(String name) {
            List<String> values = arguments.values().get(name);
            if (values != null) {
                return values.getLast();
            }
            Setting other = others.get(name);
            return other == null ? Objects.requireNonNull(flags.get(name), name).value() : other.value();
        }

        private boolean isOnCommandLine(String name) {
            return arguments.values().containsKey(name);
        }

        /** Where a setting's value comes from; empty if it is the default. */
        Optional<String> source(String name) {
            return isOnCommandLine(name)
                    ? Optional.of("--" + name)
                    : Optional.ofNullable(others.get(name)).map(Setting::source);
        }

        /**
         * What was given and means nothing. The original of the syncedsecret dialect looks at no argument, so that who
         * runs that dialect alone may go on giving what it ignored.
         */
        public List<String> unknown() {
            return ignoresUnknown() ? arguments.unknown() : List.of();
        }

        private boolean ignoresUnknown() {
            return get("dialects").equals(SyncedSecretDialect.NAME);
        }

        /** What is the matter with arguments that mean nothing and may not be ignored, and with a flag without a value. */
        List<String> problems() {
            return Stream.concat(
                            ignoresUnknown() ? Stream.of() : arguments.problems().stream(),
                            arguments.lacking().stream())
                    .toList();
        }

        /**
         * Which dialects are asked for; empty for every one whose resources the API server knows. Who gives flags of
         * vault-sync-operator and names no dialect gets that one alone.
         */
        public Set<String> dialects() {
            String text = get("dialects");
            if (!text.equals("auto")) {
                return new LinkedHashSet<>(List.of(text.split(",", -1)));
            }
            return VAULT_SYNC.stream().anyMatch(flag -> source(flag).isPresent())
                    ? Set.of(VaultSyncDialect.NAME)
                    : Set.of();
        }

        /** Whether it is given in so many words, which goes before any variable of an original. */
        boolean isGiven(String name) {
            Setting other = others.get(name);
            return isOnCommandLine(name) || (other != null && other.isVariable());
        }

        List<String> all(String name) {
            Setting other = others.get(name);
            return isOnCommandLine(name) || other == null
                    ? arguments.values().getOrDefault(name, List.of())
                    : List.of(other.value().split(",", -1));
        }

        /** @throws ConfigException if the value is none of Go's booleans */
        public boolean isOn(String name) throws ConfigException {
            return switch (get(name)) {
                case "1", "t", "T", "true", "TRUE", "True" -> true;
                case "0", "f", "F", "false", "FALSE", "False" -> false;
                default -> throw wrong(name, "is neither true nor false");
            };
        }

        ConfigException wrong(String name, String why) {
            return wrong(name, value(name), why);
        }

        ConfigException wrong(String name, String value, String why) {
            String source = source(name).orElse("--" + name);
            String problem = "%s: \"%s\" %s".formatted(source, value, why);
            return source.startsWith("--")
                    ? new ConfigException(ConfigException.USAGE, GoSyntax.usage(problem))
                    : new ConfigException(ConfigException.ENVIRONMENT, problem);
        }

        /** The value as text, also of a flag that may be repeated. */
        String value(String name) {
            return name.equals(NAMESPACE) ? String.join(",", all(name)) : get(name);
        }
    }
}
