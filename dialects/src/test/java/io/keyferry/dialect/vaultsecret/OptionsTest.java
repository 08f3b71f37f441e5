package io.keyferry.dialect.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.keyferry.engine.Outcome;
import io.keyferry.engine.Refresh;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.controller.Report;
import io.keyferry.kubernetes.controller.Result;
import io.keyferry.kubernetes.secret.SecretName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Where users may leave the original's ways, and that they stay in them if they do not. */
class OptionsTest {
    private static final Layout ORIGINAL = new Layout("_", false);
    private static final Layout EXACT = new Layout("_", true);

    private static Json.Members tree(String json) {
        return new Json.Members(JsonReader.members(SecretValue.utf8(json)));
    }

    private static RequestParser parser(VaultSecretOptions options) {
        return new RequestParser(new VaultSecretDefaults(
                "http://vault:8200", "http://vault:8200/ui", "auth/kubernetes/login", "sync", "10m", "", options));
    }

    private static VaultSecret object(String address, VaultSecretSpec.Auth auth) {
        VaultSecret object = new VaultSecret();
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withName("app")
                .withGeneration(1L)
                .build());
        object.setSpec(new VaultSecretSpec(List.of(), address, null, null, null, null, auth));
        return object;
    }

    private static VaultSecretSpec.Auth serviceAccount() {
        return new VaultSecretSpec.Auth(null, null, null);
    }

    @Test
    void numbersAreWrittenAsVaultGaveThemOnlyIfAskedFor() throws ConflictException {
        Json.Members tree = tree("{\"n\":1000000,\"d\":1.50,\"z\":null}");
        assertThat(EnvFormat.flatten(tree, ORIGINAL)).isEqualTo(Map.of("n", "1e+06", "d", "1.5", "z", "<nil>"));
        assertThat(EnvFormat.flatten(tree, EXACT)).isEqualTo(Map.of("n", "1000000", "d", "1.50", "z", "null"));
        assertThat(YamlFormat.render(tree, ORIGINAL)).isEqualTo("d: \"1.50\"\n\"n\": \"1000000\"\nz: null\n");
        assertThat(YamlFormat.render(tree, EXACT)).isEqualTo("d: 1.50\n\"n\": 1000000\nz: null\n");
    }

    @Test
    void theAudienceOfTokensIsTheApiServersUnlessOneIsSet() {
        VaultSecret object = object("", serviceAccount());
        assertThat(parser(VaultSecretOptions.original()).parse(object).login())
                .isEqualTo(new Login.Known(
                        new Identity.ServiceAccount("team", "sync", "auth/kubernetes/login", "team", "")));
        assertThat(parser(new VaultSecretOptions(false, "vault", Set.of(), false))
                        .parse(object)
                        .login())
                .isEqualTo(new Login.Known(
                        new Identity.ServiceAccount("team", "sync", "auth/kubernetes/login", "team", "vault")));
    }

    @Test
    void anyAddressIsAllowedUnlessSomeAreNamed() {
        VaultSecret evil = object("http://evil", serviceAccount());
        assertThat(parser(VaultSecretOptions.original()).parse(evil).address()).isEqualTo("http://evil");
        RequestParser strict = parser(new VaultSecretOptions(false, "", Set.of("https://other:8200"), false));
        assertThatThrownBy(() -> strict.parse(evil))
                .hasMessage(
                        "VaultSecret.Spec.Addr is not allowed: \"http://evil\" is none of KEYFERRY_ALLOWED_ADDRS; leave it out to use the default");
        assertThat(strict.parse(object("https://other:8200", serviceAccount())).address())
                .isEqualTo("https://other:8200");
        assertThat(strict.parse(object("", serviceAccount())).address()).isEqualTo("http://vault:8200");
        assertThat(strict.parse(object("http://vault:8200", serviceAccount())).address())
                .isEqualTo("http://vault:8200");
    }

    @Test
    void aTokenMayBeInASecretOfTheSameNamespace() {
        RequestParser parser = parser(VaultSecretOptions.original());
        VaultSecretSpec.ServiceAccountRef account = new VaultSecretSpec.ServiceAccountRef("sa", "auth/x/login", "r");
        VaultSecretSpec.TokenSecretRef reference = new VaultSecretSpec.TokenSecretRef("creds", "");
        assertThat(parser.parse(object("", new VaultSecretSpec.Auth("", reference, account)))
                        .login())
                .isEqualTo(new Login.TokenInSecret(new SecretName("team", "creds"), "token"));
        assertThat(parser.parse(object("", new VaultSecretSpec.Auth("inline", reference, account)))
                        .login())
                .isEqualTo(new Login.Known(new Identity.Token(SecretValue.utf8("inline"))));
        VaultSecretSpec.TokenSecretRef target = new VaultSecretSpec.TokenSecretRef("app", "");
        assertThatThrownBy(() -> parser.parse(object("", new VaultSecretSpec.Auth("", target, account))))
                .hasMessage(
                        "VaultSecret.Spec.TargetSecretName is the Secret of spec.auth.tokenSecretRef: \"app\"; choose another");
        VaultSecretSpec.TokenSecretRef nameless = new VaultSecretSpec.TokenSecretRef(null, "k");
        assertThatThrownBy(() -> parser.parse(object("", new VaultSecretSpec.Auth("", nameless, account))))
                .hasMessage("VaultSecret.Spec.Auth.TokenSecretRef.Name is empty");
    }

    @Test
    void anUnchangedObjectsStatusIsWrittenUnlessOnlyChangesCount() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        TimeSource time = new TimeSource() {
            @Override
            public long nanos() {
                return 0;
            }

            @Override
            public Instant now() {
                return now.get();
            }
        };
        VaultSecret object = object("", serviceAccount());
        Result unchanged = new Result.Ran(new Outcome.Unchanged(List.of()), Refresh.every(Optional.empty()), false);
        VaultSecretReports quiet = new VaultSecretReports(time, new VaultSecretOptions(false, "", Set.of(), true));
        Report first = quiet.report(object, unchanged);
        assertThat(first.isKnown()).isFalse();
        object.setStatus((VaultSecretStatus) first.status());
        now.set(now.get().plusSeconds(60));
        assertThat(quiet.report(object, unchanged).isKnown()).isTrue();
        assertThat(new VaultSecretReports(time, VaultSecretOptions.original())
                        .report(object, unchanged)
                        .isKnown())
                .isFalse();
        object.getMetadata().setGeneration(2L);
        assertThat(quiet.report(object, unchanged).isKnown()).isFalse();
    }
}
