package io.keyferry.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Has others write as many Secrets of the same size to the same servers, each in a namespace of its own. */
final class Writers {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Servers servers;
    private final ObjectNode likeness;
    private final int count;

    Writers(Servers servers, ObjectNode likeness, int count) {
        this.servers = servers;
        this.likeness = likeness;
        this.count = count;
    }

    /**
     * How long it took until all Secrets existed.
     *
     * @param fresh a fresh JVM with the operator's client, from its start
     * @param freshWriting the same, from its first Secret
     * @param freshCpuSeconds what that took of the processor
     * @param warm the same JVM afterwards, from the order to begin
     * @param lean the lean writer
     */
    record Times(Duration fresh, Duration freshWriting, double freshCpuSeconds, Duration warm, Duration lean) {}

    Times measure(List<String> javaOptions) throws IOException, InterruptedException {
        servers.namespace("bare-fresh");
        servers.namespace("bare-warm");
        servers.namespace("lean");
        Path kubeconfig = servers.cluster().kubeconfig();
        Arrivals fresh = new Arrivals(count);
        Arrivals warm = new Arrivals(count);
        try (Watch _ = watch("bare-fresh", fresh);
                Watch _ = watch("bare-warm", warm)) {
            long started = System.nanoTime();
            try (BareWriterProcess writer =
                    BareWriterProcess.start(javaOptions, kubeconfig, likeness.toString(), count)) {
                writer.fill("bare-fresh");
                fresh.await("Secrets of the fresh bare writer", PATIENCE);
                writer.awaitFilled();
                double cpu = Usage.of(writer.pid()).cpuSeconds();
                long again = System.nanoTime();
                writer.fill("bare-warm");
                warm.await("Secrets of the warm bare writer", PATIENCE);
                Duration freshTime = fresh.lastSince(started);
                return new Times(
                        freshTime, freshTime.minus(fresh.firstSince(started)), cpu, warm.lastSince(again), lean());
            }
        }
    }

    private Duration lean() throws IOException, InterruptedException {
        try (LeanWriter writer = new LeanWriter(servers.api())) {
            return writer.create(Workload.secretsIn("lean"), Workload.copies(likeness, count));
        }
    }

    private Watch watch(String namespace, Arrivals arrivals) throws IOException, InterruptedException {
        return Watch.on(servers.api(), Workload.secretsIn(namespace), event -> arrivals.add(event.name()));
    }
}
