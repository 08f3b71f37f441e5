package io.keyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SamplesTest {
    private static final Samples SAMPLES = Samples.parse("""
            # HELP requests_total All of them.
            # TYPE requests_total counter
            requests_total{verb="GET",path="/a b",host=""} 3
            requests_total{verb="PUT",path="say \\"}\\""} 4 1700000000000
            requests_total_created 9
            up 1.0
            limit{} +Inf
            """);

    @Test
    void findsASampleByItsLabels() {
        assertThat(SAMPLES.value("requests_total", Map.of("verb", "GET", "path", "/a b")))
                .contains(3.0);
        assertThat(SAMPLES.value("requests_total", Map.of("verb", "PUT", "path", "say \"}\"")))
                .contains(4.0);
        assertThat(SAMPLES.value("requests_total", Map.of())).isEmpty();
        assertThat(SAMPLES.value("up", Map.of())).contains(1.0);
        assertThat(SAMPLES.value("limit", Map.of())).contains(Double.POSITIVE_INFINITY);
    }

    @Test
    void sumsTheSamplesThatHaveTheLabels() {
        assertThat(SAMPLES.sum("requests_total", Map.of())).isEqualTo(7);
        assertThat(SAMPLES.sum("requests_total", Map.of("verb", "PUT"))).isEqualTo(4);
        assertThat(SAMPLES.sum("absent", Map.of())).isZero();
    }
}
