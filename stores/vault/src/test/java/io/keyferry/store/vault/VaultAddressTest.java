package io.keyferry.store.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreAddress;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.engine.store.StoreFailure.Phase;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultAddressTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8200, http://127.0.0.1:8200/v1/a",
        "https://vault.example/, https://vault.example/v1/a",
        "https://vault.example/team//x/, https://vault.example/team/x/v1/a",
        "HTTPS://vault:8200/b%20c?q=1#f, https://vault:8200/b%20c/v1/a",
        "http://[::1]:8200, http://[::1]:8200/v1/a",
        "http://user:pass@vault:8200, http://vault:8200/v1/a",
        "unix:///run/bao.sock, http://localhost/v1/a"
    })
    void makesUrls(String address, String url) throws Exception {
        assertThat(VaultAddress.parse(address).url("a", "")).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:8200",
                "vault:8200",
                "ftp://vault",
                "file:///etc/passwd",
                "http://",
                "http://a b",
                "http://vault:99999",
                "http://vault:82x",
                "http://vault\r\nX-Evil: 1",
                "http://va_ult:8200",
                "http://vault/%zz",
                "unix://"
            })
    void refusesWhatIsNoAddress(String address) {
        assertThatThrownBy(() -> VaultAddress.parse(address)).isInstanceOf(VaultError.class);
    }

    @Test
    void takesUserNameAndPasswordForBasicAuthorizationAndShowsThemNowhere() throws Exception {
        VaultAddress address = VaultAddress.parse("http://user:pa%20ss@vault");

        assertThat(address.authorization()).isEqualTo(Optional.of("Basic dXNlcjpwYSBzcw=="));
        assertThat(address.toString()).doesNotContain("pa");
        assertThatThrownBy(() -> VaultAddress.parse("ftp://user:hunter2@vault")).hasMessageNotContaining("hunter2");
    }

    @Test
    void aMalformedAddressFailsInTheWordsOfItsIdentity() {
        StoreFailure token = failure(new Identity.Token(SecretValue.utf8("t")));
        StoreFailure account = failure(Fixture.ACCOUNT);

        assertThat(token)
                .isEqualTo(new StoreFailure(
                        Kind.INVALID,
                        Phase.AUTHENTICATE,
                        "could not create Vault client: parse \"vault:8200\": missing scheme; an address begins with"
                                + " http://, https:// or unix://"));
        assertThat(account.message()).startsWith("get auth service account: parse \"vault:8200\": ");
    }

    private static StoreFailure failure(Identity identity) {
        try (Fixture f = new Fixture()) {
            return f.failure(new Access(new StoreAddress("vault", "vault:8200"), identity), Reference.secret("a"));
        }
    }
}
