package io.keyferry.operator.config;

import io.keyferry.dialect.vaultsync.Binary;
import io.keyferry.dialect.vaultsync.PathPolicy;
import io.keyferry.dialect.vaultsync.VaultSyncDialect;
import io.keyferry.dialect.vaultsync.VaultSyncSettings;
import io.keyferry.gotext.GoDuration;
import io.keyferry.kubernetes.annotated.SubjectKind;
import io.keyferry.store.vault.OperatorLogin;
import io.keyferry.store.vault.VaultConfigException;
import io.keyferry.store.vault.VaultEnvironment;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what configures the vaultsync dialect: vault-sync-operator's flags, and variables of our own. */
final class VaultSyncConfigReader {
    private static final String KINDS = "KEYFERRY_VAULTSYNC_KINDS";
    private static final String GRANTS = "KEYFERRY_VAULTSYNC_GRANTS";
    private static final String BINARY = "KEYFERRY_VAULTSYNC_BINARY";
    private static final String FULL_DELETE = "KEYFERRY_VAULTSYNC_FULL_DELETE";
    private static final String GIVE_UP = "KEYFERRY_VAULTSYNC_DELETE_GIVE_UP";

    private final Map<String, String> variables;

    VaultSyncConfigReader(Map<String, String> variables) {
        this.variables = variables;
    }

    /** Empty if the dialect is not asked for. */
    Optional<VaultSyncConfig> read(Flags.Parsed flags) throws ConfigException, VaultConfigException {
        Set<String> dialects = flags.dialects();
        if (!dialects.contains(VaultSyncDialect.NAME)) {
            return Optional.empty();
        }
        boolean alone = dialects.size() == 1;
        return Optional.of(new VaultSyncConfig(
                new VaultSyncSettings(
                        flags.get(Flags.CLUSTER_NAME),
                        kinds(),
                        new PathPolicy(grants()),
                        binary(),
                        isOn(FULL_DELETE),
                        giveUp()),
                login(flags),
                VaultEnvironment.readAsGoClient(variables),
                flags.isGiven(Flags.METRICS_AUTH) ? flags.isOn(Flags.METRICS_AUTH) : alone,
                alone));
    }

    private OperatorLogin login(Flags.Parsed flags) throws ConfigException {
        String agent = value("VAULT_AGENT_ADDR");
        try {
            return new OperatorLogin(
                    agent.isEmpty() ? flags.get(Flags.VAULT_ADDR) : agent,
                    "auth/" + flags.get(Flags.VAULT_AUTH_PATH) + "/login",
                    flags.get(Flags.VAULT_ROLE),
                    Path.of(flags.get(Flags.TOKEN_FILE)));
        } catch (InvalidPathException e) {
            throw flags.wrong(Flags.TOKEN_FILE, "is no name of a file");
        }
    }

    private Set<SubjectKind> kinds() throws ConfigException {
        Set<SubjectKind> kinds = EnumSet.of(SubjectKind.SECRET, SubjectKind.DEPLOYMENT);
        for (String name : list(value(KINDS), ",")) {
            kinds.add(SubjectKind.named(name)
                    .orElseThrow(() -> ConfigException.variable(
                            KINDS, name, "is none of StatefulSet, DaemonSet, CronJob, Job, Deployment, Secret")));
        }
        return kinds;
    }

    private Map<String, List<String>> grants() throws ConfigException {
        Map<String, List<String>> grants = new HashMap<>();
        for (String grant : list(value(GRANTS), ";")) {
            String[] parts = grant.split("=", 2);
            if (parts.length < 2 || parts[0].isBlank() || parts[1].isBlank()) {
                throw ConfigException.variable(
                        GRANTS, grant, "is no grant: write namespace=prefix,prefix;namespace=prefix");
            }
            grants.put(parts[0].strip(), list(parts[1], ","));
        }
        return grants;
    }

    private Binary binary() throws ConfigException {
        String text = value(BINARY);
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "base64" -> Binary.BASE64;
            case "replace" -> Binary.REPLACE;
            case "refuse" -> Binary.REFUSE;
            default -> throw ConfigException.variable(BINARY, text, "is none of base64, replace and refuse");
        };
    }

    private boolean isOn(String name) throws ConfigException {
        String text = value(name);
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "", "false", "0" -> false;
            default -> throw ConfigException.variable(name, text, "is neither true nor false");
        };
    }

    private Optional<Duration> giveUp() throws ConfigException {
        String text = value(GIVE_UP);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(GoDuration.parse(text));
        } catch (IllegalArgumentException e) {
            throw ConfigException.variable(GIVE_UP, text, "is no duration such as 10m");
        }
    }

    private String value(String name) {
        return variables.getOrDefault(name, "").strip();
    }

    private static List<String> list(String text, String separator) {
        return Stream.of(text.split(separator, -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
