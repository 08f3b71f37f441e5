package io.keyferry.bench;

import io.keyferry.testkit.OperatorProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;

/**
 * How large the image is, how soon its operator is ready with its AOT cache and without, in turns, and what an operator
 * with nothing to do needs.
 */
final class ImageBench {
    static final String USAGE = """
                   ./dev bench image [STARTS]   (7 with the AOT cache and 7 without; after ./dev image)
            """;

    private static final Path TARGET = Path.of("..", "image", "target");
    private static final Path ARCHIVE = TARGET.resolve("keyferry-image.tar");
    private static final Path LAUNCHER =
            TARGET.resolve("stage/opt/keyferry/bin/keyferry").toAbsolutePath().normalize();
    private static final Path CACHE = TARGET.resolve("stage/opt/keyferry/lib/app/keyferry.aot");

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final int IDLE_SECONDS = 20;
    private static final double LARGEST_IDLE = 128;

    private final Servers servers;

    private ImageBench(Servers servers) {
        this.servers = servers;
    }

    private record Start(double seconds, Usage ready, Usage idle) {}

    /** @throws IllegalArgumentException if the arguments make no sense, or there is no image */
    static void run(List<String> arguments, PrintStream out) throws IOException, InterruptedException {
        int starts = starts(arguments);
        if (!Files.exists(ARCHIVE) || !Files.exists(CACHE)) {
            throw new IllegalArgumentException("there is no image with an AOT cache: run ./dev image first");
        }
        List<Start> with = new ArrayList<>();
        List<Start> without = new ArrayList<>();
        try (Servers servers = Servers.start()) {
            ImageBench bench = new ImageBench(servers);
            for (int i = 0; i < starts; i++) {
                boolean isLast = i == starts - 1;
                with.add(bench.start("-XX:AOTMode=auto", isLast));
                without.add(bench.start("-XX:AOTMode=off", isLast));
            }
        }
        out.printf(Locale.ROOT, "image: archive %d MiB%n", Files.size(ARCHIVE) >> 20);
        print(out, "with the AOT cache", with);
        print(out, "without", without);
        out.printf(Locale.ROOT, "ready with / without: %.2f%n", median(with) / median(without));
        double idle = with.getLast().idle().rssMb();
        out.printf(
                Locale.ROOT,
                "RSS, idle for %d s: %.0f MB (limit %.0f: %s), without the cache %.0f MB%n",
                IDLE_SECONDS,
                idle,
                LARGEST_IDLE,
                idle < LARGEST_IDLE ? "met" : "NOT MET",
                without.getLast().idle().rssMb());
    }

    private static int starts(List<String> arguments) {
        if (arguments.isEmpty()) {
            return 7;
        }
        int starts = arguments.size() == 1 ? Integer.parseInt(arguments.getFirst()) : 0;
        if (starts < 1) {
            throw new IllegalArgumentException("how many starts?");
        }
        return starts;
    }

    private Start start(String mode, boolean idle) throws IOException, InterruptedException {
        long began = System.nanoTime();
        try (OperatorProcess operator = OperatorProcess.operator()
                .launcher(LAUNCHER)
                .kubeconfig(servers.cluster().kubeconfig())
                .arguments("--leader-elect=false")
                .environment("VAULT_ADDR", servers.vault().address())
                .environment("JAVA_TOOL_OPTIONS", mode)
                .start()) {
            Awaitility.await("ready")
                    .atMost(PATIENCE)
                    .pollInterval(OFTEN)
                    .until(() -> operator.health("/readyz") == 200);
            double seconds = (System.nanoTime() - began) / 1e9;
            Usage ready = Usage.of(operator.pid());
            if (idle) {
                Thread.sleep(Duration.ofSeconds(IDLE_SECONDS));
            }
            return new Start(seconds, ready, Usage.of(operator.pid()));
        }
    }

    private static void print(PrintStream out, String what, List<Start> starts) {
        out.printf(
                Locale.ROOT,
                "%-20s ready: median %.2f s, fastest %.2f s, slowest %.2f s; CPU until then %.2f s, RSS %.0f MB%n",
                what,
                median(starts),
                starts.stream().mapToDouble(Start::seconds).min().orElseThrow(),
                starts.stream().mapToDouble(Start::seconds).max().orElseThrow(),
                starts.getLast().ready().cpuSeconds(),
                starts.getLast().ready().rssMb());
    }

    private static double median(List<Start> starts) {
        double[] sorted = starts.stream().mapToDouble(Start::seconds).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
