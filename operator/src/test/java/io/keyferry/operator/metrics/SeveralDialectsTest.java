package io.keyferry.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SeveralDialectsTest {
    @Test
    void eachHasAQueueOfItsOwn() throws IOException {
        OperatorMetrics metrics = new OperatorMetrics("1", "abc");
        metrics.workqueue("vaultsecret", () -> 3);
        metrics.workqueue("syncedsecret", () -> 4);
        assertThat(new MetricsText(metrics).render())
                .contains("workqueue_depth{controller=\"vaultsecret\",name=\"vaultsecret\"} 3\n")
                .contains("workqueue_depth{controller=\"syncedsecret\",name=\"syncedsecret\"} 4\n");
    }
}
