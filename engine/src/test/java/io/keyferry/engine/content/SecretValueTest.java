package io.keyferry.engine.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretValueTest {
    private static final String MARKER = "hunter2";

    @Test
    void nothingThatHoldsASecretPrintsIt() {
        SecretValue value = SecretValue.utf8(MARKER);
        assertThat(List.of(
                        value,
                        new Identity.Token(value),
                        new Reading.Found(value, Map.of()),
                        new SecretContent(Map.of("password", value), Map.of(), Map.of(), "Opaque", false, List.of()),
                        Fingerprinter.random().of(value)))
                .allSatisfy(holder -> assertThat(holder.toString()).doesNotContain(MARKER));
    }

    @Test
    void equalBytesAreEqualValues() {
        assertThat(SecretValue.utf8(MARKER))
                .isEqualTo(SecretValue.utf8(MARKER))
                .hasSameHashCodeAs(SecretValue.utf8(MARKER))
                .isNotEqualTo(SecretValue.utf8("hunter3"))
                .isNotEqualTo(SecretValue.utf8(""));
    }

    @Test
    void whatComesInAndGoesOutIsACopy() {
        byte[] bytes = {1, 2, 3};
        SecretValue value = SecretValue.of(bytes);
        bytes[0] = 9;
        value.bytes()[1] = 9;
        assertThat(value.bytes()).containsExactly(1, 2, 3);
    }

    @Test
    void aWipedValueIsZeros() {
        SecretValue value = SecretValue.utf8("abc");
        value.wipe();
        assertThat(value.bytes()).containsOnly(0);
    }

    @Test
    void fingerprintsTellValuesApartAndDependOnTheKey() {
        Fingerprinter fingerprinter = Fingerprinter.random();
        Fingerprint fingerprint = fingerprinter.of(MARKER);
        assertThat(fingerprinter.of(SecretValue.utf8(MARKER))).isEqualTo(fingerprint);
        assertThat(fingerprinter.of("hunter3")).isNotEqualTo(fingerprint);
        assertThat(Fingerprinter.random().of(MARKER)).isNotEqualTo(fingerprint);
    }
}
