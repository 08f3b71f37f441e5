package io.keyferry.store.vault;

import io.keyferry.engine.settings.Problems;
import io.keyferry.engine.settings.SettingsException;
import io.keyferry.gotext.GoDuration;
import java.net.ProxySelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a {@link VaultConfig} from environment variables.
 *
 * <p>{@code CLIENT_TIMEOUT}, {@code CLIENT_MAX_RETRIES} and {@code REFRESH_TOKEN_BEFORE} are the operator's own and
 * matched whatever their case. {@code VAULT_NAMESPACE}, {@code VAULT_CACERT}, {@code VAULT_CACERT_BYTES},
 * {@code VAULT_CAPATH}, {@code VAULT_CLIENT_CERT}, {@code VAULT_CLIENT_KEY}, {@code VAULT_SKIP_VERIFY},
 * {@code VAULT_TLS_SERVER_NAME}, {@code VAULT_HTTP_PROXY}, {@code VAULT_PROXY_ADDR} and the usual proxy variables mean
 * what they mean to the Vault Go client; an empty one counts as unset. No other variable of that client has an effect.
 */
public final class VaultEnvironment {
    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> FALSE = Set.of("", "0", "f", "F", "FALSE", "false", "False");

    private static final String GO_RETRIES = "2";

    private final Map<String, String> variables;

    private VaultEnvironment(Map<String, String> variables) {
        this.variables = variables;
    }

    /**
     * Reads and checks all of it, files included.
     *
     * @throws SettingsException if a value or a file is not what it should be; names the variable
     */
    public static VaultConfig read(Map<String, String> variables) throws SettingsException {
        return new VaultEnvironment(Map.copyOf(variables)).config();
    }

    /**
     * Reads and checks what the Vault Go client reads by itself: the {@code VAULT_} variables above, {@code
     * VAULT_CLIENT_TIMEOUT} (a duration or seconds, default 60 s) and {@code VAULT_MAX_RETRIES} (default 2).
     *
     * @throws SettingsException if a value or a file is not what it should be; names the variable
     */
    public static VaultConfig readAsGoClient(Map<String, String> variables) throws SettingsException {
        VaultEnvironment environment = new VaultEnvironment(Map.copyOf(variables));
        String timeout = environment.value("VAULT_CLIENT_TIMEOUT");
        String retries = environment.value("VAULT_MAX_RETRIES");
        String seconds = timeout.matches("[0-9]{1,9}") ? timeout + "s" : timeout;
        Problems problems = new Problems();
        return environment.config(
                problems,
                problems.read(
                        () -> timeout.isEmpty()
                                ? VaultConfig.DEFAULT_REQUEST_TIMEOUT
                                : duration("VAULT_CLIENT_TIMEOUT", seconds),
                        VaultConfig.DEFAULT_REQUEST_TIMEOUT),
                VaultConfig.DEFAULT_REFRESH_BEFORE,
                problems.read(() -> count("VAULT_MAX_RETRIES", retries.isEmpty() ? GO_RETRIES : retries), 0));
    }

    private VaultConfig config() throws SettingsException {
        Problems problems = new Problems();
        return config(
                problems,
                duration(problems, "CLIENT_TIMEOUT", VaultConfig.DEFAULT_REQUEST_TIMEOUT),
                duration(problems, "REFRESH_TOKEN_BEFORE", VaultConfig.DEFAULT_REFRESH_BEFORE),
                problems.read(
                        () -> count(
                                "CLIENT_MAX_RETRIES", own("CLIENT_MAX_RETRIES").orElse("0")),
                        0));
    }

    private VaultConfig config(Problems problems, Duration timeout, Duration refreshBefore, int retries)
            throws SettingsException {
        // The original took 0 for no limit; here every request ends, so 0 is the default.
        Duration bounded = timeout.isPositive() ? timeout : VaultConfig.DEFAULT_REQUEST_TIMEOUT;
        Duration connect = bounded.compareTo(VaultConfig.DEFAULT_CONNECT_TIMEOUT) < 0
                ? bounded
                : VaultConfig.DEFAULT_CONNECT_TIMEOUT;
        VaultConfig config = new VaultConfig(
                tls(problems),
                problems.read(this::proxies, Proxies.none()),
                value("VAULT_NAMESPACE"),
                bounded,
                connect,
                retries,
                VaultConfig.DEFAULT_MAX_RESPONSE_BYTES,
                refreshBefore.isNegative() ? Duration.ZERO : refreshBefore);
        problems.check();
        return config;
    }

    private Optional<TlsMaterial> tls(Problems problems) {
        List<X509Certificate> authorities = problems.read(
                () -> TlsFiles.authorities(value("VAULT_CACERT"), value("VAULT_CACERT_BYTES"), value("VAULT_CAPATH")),
                List.of());
        Optional<ClientCertificate> client = problems.read(
                () -> ClientCertificate.load(value("VAULT_CLIENT_CERT"), value("VAULT_CLIENT_KEY")), Optional.empty());
        boolean skip = problems.read(this::skipVerify, false);
        return problems.read(
                () -> TlsFiles.load(authorities, client, skip, value("VAULT_TLS_SERVER_NAME")), Optional.empty());
    }

    private boolean skipVerify() throws SettingsException {
        String value = value("VAULT_SKIP_VERIFY");
        if (!TRUE.contains(value) && !FALSE.contains(value)) {
            throw new SettingsException("VAULT_SKIP_VERIFY", Texts.quoted(value) + " is neither true nor false");
        }
        return TRUE.contains(value);
    }

    private ProxySelector proxies() throws SettingsException {
        String variable = value("VAULT_PROXY_ADDR").isEmpty() ? "VAULT_HTTP_PROXY" : "VAULT_PROXY_ADDR";
        String address = value(variable);
        return address.isEmpty()
                ? EnvironmentProxies.of(variables)
                : Proxies.always(ProxyAddress.parse(variable, address));
    }

    private static int count(String name, String value) throws SettingsException {
        try {
            return Math.max(0, Integer.parseInt(value));
        } catch (NumberFormatException e) {
            throw new SettingsException(name, Texts.quoted(value) + " is not a whole number");
        }
    }

    private Duration duration(Problems problems, String name, Duration unset) {
        Optional<String> value = own(name);
        return value.isEmpty() ? unset : problems.read(() -> duration(name, value.get()), unset);
    }

    private static Duration duration(String name, String value) throws SettingsException {
        try {
            return GoDuration.parse(value);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(name, Texts.quoted(value) + " is not a duration such as 30s or 1m30s");
        }
    }

    private String value(String name) {
        return variables.getOrDefault(name, "");
    }

    private Optional<String> own(String name) {
        String exact = variables.get(name);
        return exact != null
                ? Optional.of(exact)
                : variables.entrySet().stream()
                        .filter(variable -> variable.getKey().equalsIgnoreCase(name))
                        .map(Map.Entry::getValue)
                        .findFirst();
    }
}
