package io.keyferry.dialect.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.Notice;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.read.SecretReader;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultSecretPrinterTest {
    private static final VaultSecretDefaults DEFAULTS =
            new VaultSecretDefaults("http://default", "", "", "", "10m", "", VaultSecretOptions.original());

    private final Map<String, String> secrets = new HashMap<>();
    private final Set<Access> accesses = new HashSet<>();

    private final SecretReader reader = new SecretReader() {
        @Override
        public Reading read(Access access, Reference reference) {
            accesses.add(access);
            String document = secrets.get(reference.path());
            return document == null
                    ? new Reading.Absent(Reading.Absent.Cause.MISSING, Map.of())
                    : new Reading.Found(SecretValue.utf8(document), Map.of());
        }

        @Override
        public List<Reading> readAll(Access access, List<Reference> references) {
            return references.stream().map(reference -> read(access, reference)).toList();
        }
    };

    private static VaultSecretSpec reading(String... paths) {
        List<VaultSecretSpec.Path> all = List.of(paths).stream()
                .map(path -> new VaultSecretSpec.Path(path, null))
                .toList();
        return new VaultSecretSpec(all, null, null, null, "json", null, null);
    }

    private VaultSecretPrinter.Printed print(VaultSecretSpec spec, String format) throws Exception {
        return new VaultSecretPrinter(DEFAULTS, reader).print(spec, "token", format);
    }

    @Test
    void envIsSortedByWholeLinesAndKeepsKeysThatNoSecretTakes() throws Exception {
        secrets.put("kv/a", """
                {"b": 1000000, "a=": "x", "a": "y", "sp ace": true, "é@": null, "list": ["one"], "empty": {}}""");
        assertThat(print(reading("kv/a"), "env").text()).isEqualTo("""
                a==x
                a=y
                b=1e+06
                list_0=one
                sp ace=true
                é@=<nil>
                """);
    }

    @Test
    void aNewlineInAValueBreaksTheLine() throws Exception {
        secrets.put("kv/a", "{\"a\": \"one\\ntwo\", \"b\": \" \"}");
        assertThat(print(reading("kv/a"), "env").text()).isEqualTo("a=one\ntwo\nb= \n");
    }

    @Test
    void jsonAndYamlEndWithOneNewline() throws Exception {
        secrets.put("kv/a", "{\"a\": 1}");
        assertThat(print(reading("kv/a"), "json").text()).isEqualTo("{\n  \"a\": 1\n}\n");
        assertThat(print(reading("kv/a"), "yaml").text()).isEqualTo("a: \"1\"\n");
    }

    @ParameterizedTest
    @CsvSource({"env, ''", "json, '{}\n'", "yaml, '{}\n'"})
    void withoutSpecThereIsNothingToPrint(String format, String text) throws Exception {
        assertThat(new VaultSecretPrinter(DEFAULTS, reader)
                        .print(null, "token", format)
                        .text())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ENV", "Json", "yAML"})
    void theFormatMayBeInAnyCase(String format) throws Exception {
        secrets.put("kv/a", "{\"a\": 1}");
        assertThat(print(reading("kv/a"), format).text()).contains("a");
    }

    @Test
    void aMissingPathIsNoticedAndTheRestIsPrinted() throws Exception {
        secrets.put("kv/a", "{\"a\": 1}");
        VaultSecretPrinter.Printed printed = print(reading("kv/missing", "kv/a"), "env");
        assertThat(printed.text()).isEqualTo("a=1\n");
        assertThat(printed.notices()).containsExactly(new Notice("kv/missing", "path doesn't exist"));
    }

    @Test
    void itReadsWithTheTokenWhateverTheManifestSays() throws Exception {
        VaultSecretSpec.Auth account = new VaultSecretSpec.Auth(
                "other", null, new VaultSecretSpec.ServiceAccountRef("app", "auth/x/login", "role"));
        VaultSecretSpec spec = new VaultSecretSpec(
                List.of(new VaultSecretSpec.Path("kv/a", null)), "http://own", null, null, null, null, account);
        print(spec, "env");
        assertThat(accesses)
                .containsExactly(new Access(
                        new StoreAddress("vault", "http://own"), new Identity.Token(SecretValue.utf8("token"))));
    }

    @Test
    void withoutAddressTheDefaultIsRead() throws Exception {
        print(reading("kv/a"), "env");
        assertThat(accesses)
                .singleElement()
                .extracting(access -> access.store().endpoint())
                .isEqualTo("http://default");
    }

    @Test
    void whatMakesNoSenseIsToldInTheOperatorsWords() {
        assertThatThrownBy(() -> print(reading("kv/a"), "XML"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("invalid target format: \"xml\"");
        assertThatThrownBy(() -> print(new VaultSecretSpec(null, null, null, null, null, "10d", null), "env"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "VaultSecret.Spec.ReconcilePeriod is invalid: time: unknown unit \"d\" in duration \"10d\"");
        VaultSecretDefaults nothing = new VaultSecretDefaults("", "", "", "", "10m", "", VaultSecretOptions.original());
        assertThatThrownBy(() -> new VaultSecretPrinter(nothing, reader).print(reading("kv/a"), "token", "env"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("default vault addr from app config is empty");
    }

    @Test
    void namesThatConflictAreToldInTheOperatorsWords() {
        secrets.put("kv/a", "{\"a\": {\"b\": 1}, \"a_b\": 2}");
        for (String[] conflict : new String[][] {{"env", "a_b", "kv/a"}, {"json", "a", "kv/a", "kv/a"}}) {
            String[] paths = Arrays.copyOfRange(conflict, 2, conflict.length);
            assertThatThrownBy(() -> print(reading(paths), conflict[0]))
                    .isInstanceOf(RecipeException.class)
                    .hasMessage("failed to create vault data: override detected: key \"%s\" is already used"
                            .formatted(conflict[1]));
        }
    }

    @Test
    void whatWasReadIsInNoToString() throws Exception {
        secrets.put("kv/a", "{\"a\": \"hidden\"}");
        assertThat(print(reading("kv/a"), "env")).asString().doesNotContain("hidden");
    }
}
