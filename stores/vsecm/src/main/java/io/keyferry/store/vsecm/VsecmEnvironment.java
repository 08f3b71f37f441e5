package io.keyferry.store.vsecm;

import io.keyferry.engine.settings.Problems;
import io.keyferry.engine.settings.SettingsException;
import io.keyferry.gotext.GoDuration;
import io.keyferry.store.vsecm.spiffe.HttpLimits;
import io.keyferry.store.vsecm.spiffe.IdentitySource;
import io.keyferry.store.vsecm.spiffe.SpiffeId;
import io.keyferry.store.vsecm.spiffe.SpiffeIdPattern;
import io.keyferry.store.vsecm.spiffe.WorkloadEndpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a {@link VsecmConfig} from environment variables. An empty one counts as unset.
 *
 * <p>{@code SPIFFE_ENDPOINT_SOCKET}, {@code SPIFFE_TRUST_DOMAIN}, {@code VSECM_SPIFFEID_PREFIX_SAFE} and {@code
 * VSECM_WORKLOAD_NAME_REGEXP} mean what they mean to VSecM; the default patterns follow the trust domain. {@code
 * KEYFERRY_VSECM_SVID_FILE}, {@code _KEY_FILE} and {@code _BUNDLE_FILE} name PEM files to use instead of the agent, {@code
 * KEYFERRY_VSECM_ALLOWED_URLS} the only Safes to ask, separated by commas, {@code KEYFERRY_VSECM_CONNECT_TIMEOUT} and {@code
 * _REQUEST_TIMEOUT} are Go durations, and so is {@code KEYFERRY_VSECM_REUSE}, which may be 0.
 */
public final class VsecmEnvironment {
    private static final String SOCKET = "SPIFFE_ENDPOINT_SOCKET";
    private static final String DEFAULT_SOCKET = "unix:///spire-agent-socket/spire-agent.sock";
    private static final String TRUST_DOMAIN = "SPIFFE_TRUST_DOMAIN";
    private static final String SAFE = "VSECM_SPIFFEID_PREFIX_SAFE";
    private static final String NAME = "VSECM_WORKLOAD_NAME_REGEXP";
    private static final String ALLOWED = "KEYFERRY_VSECM_ALLOWED_URLS";
    private static final String CONNECT_TIMEOUT = "KEYFERRY_VSECM_CONNECT_TIMEOUT";
    private static final String REQUEST_TIMEOUT = "KEYFERRY_VSECM_REQUEST_TIMEOUT";
    private static final String REUSE = "KEYFERRY_VSECM_REUSE";
    private static final String SVID_FILE = "KEYFERRY_VSECM_SVID_FILE";
    private static final String KEY_FILE = "KEYFERRY_VSECM_KEY_FILE";
    private static final String BUNDLE_FILE = "KEYFERRY_VSECM_BUNDLE_FILE";

    private final Map<String, String> variables;
    private final Problems problems = new Problems();

    private VsecmEnvironment(Map<String, String> variables) {
        this.variables = variables;
    }

    /**
     * Reads and checks all of it. Files are not read yet: they may appear later, as the agent's socket may.
     *
     * @throws SettingsException if a value is not what it should be; names the variable
     */
    public static VsecmConfig read(Map<String, String> variables) throws SettingsException {
        return new VsecmEnvironment(Map.copyOf(variables)).config();
    }

    private VsecmConfig config() throws SettingsException {
        String trustDomain = parsed(TRUST_DOMAIN, "vsecm.com", VsecmEnvironment::trustDomain);
        String domain = Pattern.compile("\\.").matcher(trustDomain).replaceAll("\\\\.");
        String workloads = "^spiffe://" + domain + "/workload/";
        SpiffeIdPattern safe =
                parsed(SAFE, workloads + "vsecm-safe/ns/vsecm-system/sa/vsecm-safe/n/[^/]+$", SpiffeIdPattern::parse);
        SpiffeIdPattern name =
                parsed(NAME, workloads + "([^/]+)/ns/[^/]+/sa/[^/]+/n/[^/]+$", VsecmEnvironment::capturing);
        VsecmConfig config = new VsecmConfig(identity(), safe, name, allowed(), limits(), reuse());
        problems.check();
        return config;
    }

    private IdentitySource identity() {
        if (Stream.of(SVID_FILE, KEY_FILE, BUNDLE_FILE)
                .allMatch(file -> value(file).isEmpty())) {
            return new IdentitySource.WorkloadApi(parsed(SOCKET, DEFAULT_SOCKET, WorkloadEndpoint::parse));
        }
        return new IdentitySource.PemFiles(file(SVID_FILE), file(KEY_FILE), file(BUNDLE_FILE));
    }

    private Path file(String variable) {
        if (value(variable).isEmpty()) {
            problems.add("%s: an SVID in files needs all of %s, %s and %s"
                    .formatted(variable, SVID_FILE, KEY_FILE, BUNDLE_FILE));
            return Path.of("");
        }
        return parsed(variable, "", Path::of);
    }

    private Set<SafeAddress> allowed() {
        return parsed(
                ALLOWED,
                "",
                urls -> Stream.of(urls.split(","))
                        .map(String::strip)
                        .filter(url -> !url.isEmpty())
                        .map(SafeAddress::parse)
                        .collect(Collectors.toSet()));
    }

    private HttpLimits limits() {
        Duration request = parsed(REQUEST_TIMEOUT, "10s", VsecmEnvironment::positive);
        Duration connect = parsed(CONNECT_TIMEOUT, "5s", VsecmEnvironment::positive);
        return new HttpLimits(
                connect.compareTo(request) < 0 ? connect : request,
                request,
                VsecmConfig.IDENTITY_TIMEOUT,
                VsecmConfig.MAX_BODY_BYTES);
    }

    private Duration reuse() {
        return parsed(REUSE, "2s", VsecmEnvironment::notNegative);
    }

    private static String trustDomain(String name) {
        SpiffeId.checkTrustDomain(name);
        return name;
    }

    private static SpiffeIdPattern capturing(String text) {
        SpiffeIdPattern pattern = SpiffeIdPattern.parse(text);
        if (pattern.groups() < 1) {
            throw new IllegalArgumentException("the regular expression must capture the name, as in ([^/]+)");
        }
        return pattern;
    }

    private static Duration positive(String text) {
        Duration duration = duration(text);
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("the time must be longer than zero");
        }
        return duration;
    }

    private static Duration notNegative(String text) {
        Duration duration = duration(text);
        if (duration.isNegative()) {
            throw new IllegalArgumentException("the time must not be below zero");
        }
        return duration;
    }

    private static Duration duration(String text) {
        try {
            return GoDuration.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a duration such as 5s or 1m30s", e);
        }
    }

    private <T> T parsed(String variable, String unset, Function<String, T> parser) {
        T standIn = parser.apply(unset);
        return value(variable).isEmpty()
                ? standIn
                : problems.read(() -> parse(variable, value(variable), parser), standIn);
    }

    private static <T> T parse(String variable, String text, Function<String, T> parser) throws SettingsException {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(variable, String.valueOf(e.getMessage()));
        }
    }

    private String value(String name) {
        return variables.getOrDefault(name, "");
    }
}
