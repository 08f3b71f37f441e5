package io.keyferry.dialect.vaultsecret;

import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.store.Identity;
import io.keyferry.gotext.GoDuration;
import io.keyferry.kubernetes.secret.SecretName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fills in defaults and checks, in the original operator's order and words. */
final class RequestParser {
    private static final VaultSecretSpec NOTHING = new VaultSecretSpec(null, null, null, null, null, null, null);

    private final VaultSecretDefaults defaults;

    RequestParser(VaultSecretDefaults defaults) {
        this.defaults = defaults;
    }

    /** @throws IllegalArgumentException if the object makes no sense; the message is for the user */
    Request parse(VaultSecret object) {
        return parse(object.getMetadata().getNamespace(), object.getMetadata().getName(), object.getSpec());
    }

    /** @throws IllegalArgumentException if it makes no sense; the message is for the user */
    Request parse(String namespace, String name, @Nullable VaultSecretSpec written) {
        VaultSecretSpec spec = written == null ? NOTHING : written;
        Duration period = period(or(spec.reconcilePeriod(), defaults.reconcilePeriod()));
        String address = or(spec.addr(), defaults.address());
        if (address.isEmpty()) {
            throw new IllegalArgumentException("default vault addr from app config is empty");
        }
        checkAllowed(address);
        Login login = login(spec.auth(), namespace);
        String target = or(spec.targetSecretName(), name);
        checkTarget(login, target);
        return new Request(
                name,
                paths(spec.paths()),
                address,
                login,
                new Layout(or(spec.separator(), "_"), defaults.options().exactNumbers()),
                target,
                or(spec.targetFormat(), "env"),
                period.isPositive() ? Optional.of(period) : Optional.empty());
    }

    /** The same VaultSecret, read by the bearer of a token. */
    static VaultSecretSpec withToken(@Nullable VaultSecretSpec written, String token) {
        VaultSecretSpec spec = written == null ? NOTHING : written;
        return new VaultSecretSpec(
                spec.paths(),
                spec.addr(),
                spec.separator(),
                spec.targetSecretName(),
                spec.targetFormat(),
                spec.reconcilePeriod(),
                new VaultSecretSpec.Auth(token, null, null));
    }

    private static Duration period(String text) {
        try {
            return GoDuration.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("VaultSecret.Spec.ReconcilePeriod is invalid: " + e.getMessage(), e);
        }
    }

    private void checkAllowed(String address) {
        Set<String> allowed = defaults.options().allowedAddresses();
        if (!allowed.isEmpty() && !address.equals(defaults.address()) && !allowed.contains(address)) {
            throw new IllegalArgumentException(
                    "VaultSecret.Spec.Addr is not allowed: \"%s\" is none of KEYFERRY_ALLOWED_ADDRS; leave it out to use the default"
                            .formatted(address));
        }
    }

    /** The token would be lost with the first sync. */
    private static void checkTarget(Login login, String target) {
        if (login instanceof Login.TokenInSecret token && token.secret().name().equals(target)) {
            throw new IllegalArgumentException(
                    "VaultSecret.Spec.TargetSecretName is the Secret of spec.auth.tokenSecretRef: \"%s\"; choose another"
                            .formatted(target));
        }
    }

    private Login login(VaultSecretSpec.@Nullable Auth auth, String namespace) {
        String token = auth == null ? "" : or(auth.token(), "");
        if (!token.isEmpty()) {
            return new Login.Known(new Identity.Token(SecretValue.utf8(token)));
        }
        if (auth != null && auth.tokenSecretRef() != null) {
            return tokenInSecret(auth.tokenSecretRef(), namespace);
        }
        VaultSecretSpec.ServiceAccountRef account = auth == null ? null : auth.serviceAccountRef();
        String name = or(account == null ? null : account.name(), defaults.serviceAccount());
        if (name.isEmpty()) {
            throw new IllegalArgumentException("default SA name from app config is empty");
        }
        String loginPath = or(account == null ? null : account.authPath(), defaults.loginPath());
        if (loginPath.isEmpty()) {
            throw new IllegalArgumentException("default SA auth path from app config is empty");
        }
        String role = or(account == null ? null : account.role(), or(defaults.role(), namespace));
        return new Login.Known(new Identity.ServiceAccount(
                namespace, name, loginPath, role, defaults.options().tokenAudience()));
    }

    private static Login tokenInSecret(VaultSecretSpec.TokenSecretRef reference, String namespace) {
        String name = or(reference.name(), "");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("VaultSecret.Spec.Auth.TokenSecretRef.Name is empty");
        }
        return new Login.TokenInSecret(new SecretName(namespace, name), or(reference.key(), "token"));
    }

    private static List<SourcePath> paths(@Nullable List<VaultSecretSpec.Path> paths) {
        List<SourcePath> parsed = new ArrayList<>();
        for (VaultSecretSpec.Path path : paths == null ? List.<VaultSecretSpec.Path>of() : paths) {
            try {
                parsed.add(SourcePath.parse(or(path.path(), ""), or(path.prefix(), "")));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "VaultSecret.Spec.Paths[%d].Path %s".formatted(parsed.size(), e.getMessage()), e);
            }
        }
        return parsed;
    }

    private static String or(@Nullable String value, String fallback) {
        return value == null || value.isEmpty() ? fallback : value;
    }
}
