package io.keyferry.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsReferenceTest {
    @Test
    void thePageHoldsTheReference() throws IOException {
        assertThat(Files.readString(Path.of("../docs/metrics.md")))
                .as("docs/metrics.md must end with what `bin/keyferry metrics reference` prints")
                .endsWith(MetricsReference.markdown());
    }
}
