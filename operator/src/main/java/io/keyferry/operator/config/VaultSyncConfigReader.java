package io.keyferry.operator.config;

import io.keyferry.dialect.vaultsync.Binary;
import io.keyferry.dialect.vaultsync.PathPolicy;
import io.keyferry.dialect.vaultsync.VaultSyncDialect;
import io.keyferry.dialect.vaultsync.VaultSyncSettings;
import io.keyferry.gotext.GoDuration;
import io.keyferry.kubernetes.annotated.SubjectKind;
import io.keyferry.store.vault.OperatorLogin;
import io.keyferry.store.vault.VaultConfig;
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

    private final Map<String, String> environment;
    private final Lookup variables;
    private final ConfigProblems problems;

    VaultSyncConfigReader(Map<String, String> environment, ConfigProblems problems) {
        this.environment = environment;
        this.variables = new Lookup(environment, problems);
        this.problems = problems;
    }

    /** Empty if the dialect is not asked for. */
    Optional<VaultSyncConfig> read(Flags.Parsed flags) {
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
                        variables.isOn(FULL_DELETE),
                        giveUp()),
                login(flags),
                problems.read(() -> VaultEnvironment.readAsGoClient(environment), VaultConfig.defaults()),
                problems.read(
                        () -> flags.source(Flags.METRICS_AUTH).isPresent() ? flags.isOn(Flags.METRICS_AUTH) : alone,
                        alone),
                alone));
    }

    private OperatorLogin login(Flags.Parsed flags) {
        return new OperatorLogin(
                variables.text("VAULT_AGENT_ADDR").orElseGet(() -> flags.get(Flags.VAULT_ADDR)),
                "auth/" + flags.get(Flags.VAULT_AUTH_PATH) + "/login",
                flags.get(Flags.VAULT_ROLE),
                problems.read(() -> file(flags, Flags.TOKEN_FILE), Path.of("")));
    }

    private static Path file(Flags.Parsed flags, String flag) throws ConfigException {
        try {
            return Path.of(flags.get(flag));
        } catch (InvalidPathException e) {
            throw flags.wrong(flag, "is no name of a file");
        }
    }

    private Set<SubjectKind> kinds() {
        Set<SubjectKind> kinds = EnumSet.of(SubjectKind.SECRET, SubjectKind.DEPLOYMENT);
        for (String name : list(variables.text(KINDS).orElse(""), ",")) {
            SubjectKind.named(name)
                    .ifPresentOrElse(
                            kinds::add,
                            () -> problems.variable(
                                    KINDS,
                                    name,
                                    "is none of StatefulSet, DaemonSet, CronJob, Job, Deployment, Secret"));
        }
        return kinds;
    }

    private Map<String, List<String>> grants() {
        Map<String, List<String>> grants = new HashMap<>();
        for (String grant : list(variables.text(GRANTS).orElse(""), ";")) {
            String[] parts = grant.split("=", 2);
            if (parts.length < 2 || parts[0].isBlank() || parts[1].isBlank()) {
                problems.variable(GRANTS, grant, "is no grant: write namespace=prefix,prefix;namespace=prefix");
            } else {
                grants.put(parts[0].strip(), list(parts[1], ","));
            }
        }
        return grants;
    }

    private Binary binary() {
        String text = variables.text(BINARY).orElse("base64");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "base64" -> Binary.BASE64;
            case "replace" -> Binary.REPLACE;
            case "refuse" -> Binary.REFUSE;
            default -> variables.wrong(BINARY, text, "is none of base64, replace and refuse", Binary.BASE64);
        };
    }

    private Optional<Duration> giveUp() {
        Optional<String> text = variables.text(GIVE_UP);
        try {
            return text.map(GoDuration::parse);
        } catch (IllegalArgumentException e) {
            return variables.wrong(GIVE_UP, text.orElse(""), "is no duration such as 10m", Optional.empty());
        }
    }

    private static List<String> list(String text, String separator) {
        return Stream.of(text.split(separator, -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
