package io.keyferry.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The operator as it is shipped, run by its launcher as a child process: {@code bin/keyferry} of this checkout, or
 * what the system property {@code keyferry.launcher} names. Of this JVM's environment it gets only PATH, and
 * as JAVA_HOME this JVM's own; it is gone after {@link #close()} or with this JVM.
 */
public final class OperatorProcess implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Path folder;
    private final ChildProcess process;
    private final int metricsPort;
    private final int healthPort;

    private OperatorProcess(Path folder, ChildProcess process, int metricsPort, int healthPort) {
        this.folder = folder;
        this.process = process;
        this.metricsPort = metricsPort;
        this.healthPort = healthPort;
    }

    /** Collects what the launcher is to be started with; at first {@code operator} on free loopback ports. */
    public static Builder operator() {
        return new Builder();
    }

    /** Runs the launcher with exactly these arguments, as for {@code --version}. */
    public static OperatorProcess launch(String... arguments) {
        return new Builder().launch(arguments);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its exit code, if it has ended; 128 + n after signal n. */
    public OptionalInt exitCode() {
        return process.exitCode();
    }

    /** All lines of standard output and standard error until now, in their order. */
    public List<String> lines() {
        return process.lines();
    }

    /** Waits for a line, also among those already there. */
    public String awaitLine(Predicate<String> wanted, Duration patience) {
        return Awaitility.await("a line of the operator's output")
                .atMost(patience)
                .pollInterval(INTERVAL)
                .until(() -> lines().stream().filter(wanted).findFirst().orElse(""), line -> !line.isEmpty());
    }

    /** Waits until {@code /readyz} says 200; fails at once with the end of its output if the process ends. */
    public void awaitReady(Duration patience) {
        Awaitility.await("the operator to be ready")
                .atMost(patience)
                .pollInterval(INTERVAL)
                .until(() -> {
                    if (!isAlive()) {
                        throw new IllegalStateException(
                                "the operator ended; the end of its output:\n" + process.tail());
                    }
                    return health("/readyz") == 200;
                });
    }

    /** The status of a path such as {@code /healthz} on the health port; 0 when nobody answers. */
    public int health(String path) {
        try {
            return get(healthPort, path).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The body of what a path on the health port answers; empty when nobody does. */
    public String body(String path) {
        try {
            return get(healthPort, path).body();
        } catch (IOException e) {
            return "";
        }
    }

    /** The status of {@code /metrics} for a bearer token, empty for none; 0 when nobody answers. */
    public int scrape(String token) {
        HttpRequest.Builder request = request(metricsPort, "/metrics");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return send(request).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Scrapes {@code /metrics}. */
    public Samples metrics() throws IOException {
        return Samples.parse(exposition());
    }

    /** What {@code /metrics} answers, as text. */
    public String exposition() throws IOException {
        return get(metricsPort, "/metrics").body();
    }

    /** SIGTERM: asks it to end. */
    public void terminate() {
        process.signal("TERM");
    }

    /** SIGKILL, and waits until it is gone. */
    public void kill() {
        process.kill();
    }

    /** SIGSTOP: it stands still until {@link #resume()}. */
    public void pause() {
        process.signal("STOP");
    }

    /** SIGCONT. */
    public void resume() {
        process.signal("CONT");
    }

    /** Fails with the end of its output if it has ended. */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the operator has ended with exit code "
                    + exitCode().orElse(-1) + "; the end of its output:\n" + process.tail());
        }
    }

    /** Waits for its end and returns its exit code. */
    public int awaitExit(Duration patience) {
        if (!process.awaitExit(patience)) {
            throw new IllegalStateException(
                    "the operator still runs after " + patience + "; the end of its output:\n" + process.tail());
        }
        return process.exitCode().orElseThrow();
    }

    /** Kills it, if it still runs, and forgets its output. */
    @Override
    public void close() {
        process.kill();
        WorkFolder.delete(folder);
    }

    private static HttpResponse<String> get(int port, String path) throws IOException {
        return send(request(port, path));
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(15));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** What an operator is started with. */
    public static final class Builder {
        private final Map<String, String> environment = new HashMap<>();
        private final List<String> arguments = new ArrayList<>();
        private Path launcher = shipped();

        private Builder() {
            environment.put("JAVA_HOME", System.getProperty("java.home"));
        }

        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        public Builder arguments(String... more) {
            arguments.addAll(List.of(more));
            return this;
        }

        public Builder kubeconfig(Path kubeconfig) {
            return arguments("--kubeconfig=" + kubeconfig);
        }

        /** Another launcher than the one of this checkout. */
        public Builder launcher(Path other) {
            launcher = other;
            return this;
        }

        /** Runs the launcher with exactly these arguments, as for {@code --version}. */
        public OperatorProcess launch(String... exactly) {
            return run(List.of(exactly), 0, 0);
        }

        /** Runs another command of the launcher with what would be the operator's arguments. */
        public OperatorProcess command(String... command) {
            List<String> all = new ArrayList<>(List.of(command));
            all.addAll(arguments);
            return run(all, 0, 0);
        }

        /** Starts it; {@link #awaitReady} tells when it works. */
        public OperatorProcess start() {
            int metricsPort = FreePort.next();
            int healthPort = FreePort.next();
            List<String> all = new ArrayList<>(List.of(
                    "operator",
                    "--metrics-bind-address=127.0.0.1:" + metricsPort,
                    "--health-probe-bind-address=127.0.0.1:" + healthPort));
            all.addAll(arguments);
            return run(all, metricsPort, healthPort);
        }

        private OperatorProcess run(List<String> all, int metricsPort, int healthPort) {
            List<String> command = new ArrayList<>(List.of(launcher.toString()));
            command.addAll(all);
            return WorkFolder.with("operator", folder -> {
                ChildProcess process = ChildProcess.start(command, environment, folder.resolve("output.log"));
                return new OperatorProcess(folder, process, metricsPort, healthPort);
            });
        }

        private static Path shipped() {
            @Nullable String elsewhere = System.getProperty("keyferry.launcher");
            return elsewhere == null ? ProjectRoot.find().resolve("bin").resolve("keyferry") : Path.of(elsewhere);
        }
    }
}
