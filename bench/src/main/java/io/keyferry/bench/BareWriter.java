package io.keyferry.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.kubernetes.api.WriteGate;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process of its own that creates Secrets with the operator's client and concurrency and does nothing else. For every
 * namespace that it reads from standard input it says {@code done} when it has created all in there.
 */
public final class BareWriter {
    private static final int WRITES = 32;

    private final ApiClient api;
    private final ObjectNode likeness;
    private final int count;
    private final WriteGate gate = new WriteGate(WRITES, TimeSource.system());

    private BareWriter(ApiClient api, ObjectNode likeness, int count) {
        this.api = api;
        this.likeness = likeness;
        this.count = count;
    }

    /** @param arguments a kubeconfig file, a file with a Secret to make likenesses of, and how many of them */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        Config config = new ConfigBuilder(Config.fromKubeconfig(new File(arguments[0])))
                .withHttp2Disable(true)
                .build();
        ObjectNode likeness = Workload.read(Files.readString(Path.of(arguments[1])));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            BareWriter writer = new BareWriter(new ApiClient(client), likeness, Integer.parseInt(arguments[2]));
            for (String namespace = in.readLine(); namespace != null; namespace = in.readLine()) {
                writer.fill(namespace);
                System.out.println("done");
            }
        }
    }

    private void fill(String namespace) throws InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> work = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < WRITES; i++) {
                work.add(threads.submit(() -> {
                    for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                        create(namespace, n);
                    }
                    return null;
                }));
            }
            for (Future<?> one : work) {
                one.get();
            }
        }
    }

    private void create(String namespace, int number) throws ApiException, InterruptedException {
        ObjectNode body = Workload.copy(likeness, number);
        gate.enter(WriteGate.Lane.SECRET);
        try {
            api.post(Workload.secretsIn(namespace), body);
        } finally {
            gate.leave(WriteGate.Lane.SECRET);
        }
    }
}
