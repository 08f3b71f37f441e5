package io.keyferry.acceptance.vaultsecret;

import static org.awaitility.Awaitility.await;

import io.keyferry.acceptance.World;
import io.keyferry.testkit.OperatorProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** How often an operator has reconciled one object, as its own metric tells. */
record Reconciles(OperatorProcess operator, World world) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    double of(String name) throws IOException {
        return operator.metrics().sum("kw_vop_reconcile_count", Map.of("namespace", world.namespace, "name", name));
    }

    /** Waits until the object has been reconciled so many times more: the clock of tests that show that nothing happens. */
    void awaitMore(String name, int times) throws IOException {
        double before = of(name);
        await(times + " more reconciles of " + name).atMost(PATIENCE).until(() -> of(name) >= before + times);
    }
}
