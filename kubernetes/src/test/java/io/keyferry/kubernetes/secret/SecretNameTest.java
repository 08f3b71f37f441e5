package io.keyferry.kubernetes.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretNameTest {
    private static final SecretName NAME = new SecretName("ns", "a");

    @Test
    void namespaceAndNameCount() {
        assertThat(NAME)
                .isEqualTo(new SecretName("ns", "a"))
                .hasSameHashCodeAs(new SecretName("ns", "a"))
                .isNotEqualTo(new SecretName("ns", "b"))
                .isNotEqualTo(new SecretName("other", "a"))
                .isNotEqualTo(new SecretName("a", "ns"))
                .isNotEqualTo("ns/a");
        assertThat(NAME.hashCode()).isNotEqualTo(new SecretName("a", "ns").hashCode());
    }
}
