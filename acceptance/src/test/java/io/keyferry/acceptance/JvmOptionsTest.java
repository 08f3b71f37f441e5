package io.keyferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** The JVM passes over names of cipher suites that it does not know without a word. */
class JvmOptionsTest {
    private static final String SUITES = "-Djdk.tls.client.cipherSuites=";

    @Test
    void cipherSuitesAreKnownAndOffered() throws Exception {
        assertThat(suites())
                .isSubsetOf(SSLContext.getDefault().getDefaultSSLParameters().getCipherSuites())
                .doesNotHaveDuplicates()
                .startsWith("TLS_CHACHA20_POLY1305_SHA256")
                .contains("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384");
    }

    private static List<String> suites() throws IOException {
        return Files.readAllLines(Place.root().resolve("bin/jvm.options")).stream()
                .filter(line -> line.startsWith(SUITES))
                .flatMap(line -> Arrays.stream(line.substring(SUITES.length()).split(",")))
                .toList();
    }
}
