package io.keyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @AfterEach
    void forgetTheLauncher() {
        System.clearProperty("keyferry.launcher");
    }

    @Test
    void launchesWithArgumentsAndEnvironment() throws IOException {
        launcher("echo \"$GREETING $*\"; exit 4");

        try (OperatorProcess operator = OperatorProcess.operator()
                .kubeconfig(Path.of("some-kubeconfig"))
                .arguments("--leader-elect=false")
                .environment("GREETING", "hello")
                .start()) {
            assertThat(operator.awaitExit(PATIENCE)).isEqualTo(4);
            assertThat(operator.lines())
                    .singleElement()
                    .asString()
                    .matches("hello operator --metrics-bind-address=127.0.0.1:\\d+"
                            + " --health-probe-bind-address=127.0.0.1:\\d+"
                            + " --kubeconfig=some-kubeconfig --leader-elect=false");
        }
    }

    @Test
    void waitsForALine() throws IOException {
        launcher("echo one; sleep 0.2; echo two >&2; exec sleep 600");

        try (OperatorProcess operator = OperatorProcess.launch()) {
            assertThat(operator.awaitLine(line -> line.startsWith("tw"), PATIENCE))
                    .isEqualTo("two");
        }
    }

    @Test
    void saysWhyAnOperatorNeverGetsReady() throws IOException {
        launcher("echo broken; exit 1");

        try (OperatorProcess operator = OperatorProcess.operator().start()) {
            assertThatThrownBy(() -> operator.awaitReady(PATIENCE)).hasStackTraceContaining("broken");
        }
    }

    @Test
    void asksHealthAndMetrics() throws IOException {
        launcher("exec \"$JAVA\" -cp \"$CLASSES\" io.keyferry.testkit.OperatorProcessTest\\$Endpoints \"$@\"");

        try (OperatorProcess operator = OperatorProcess.operator()
                .environment(
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .environment("CLASSES", System.getProperty("java.class.path"))
                .start()) {
            operator.awaitReady(PATIENCE);
            assertThat(operator.health("/absent")).isEqualTo(404);
            assertThat(operator.metrics().values()).containsEntry("up", 1.0);
        }
    }

    @Test
    void pausesAndResumes() throws IOException {
        launcher("while :; do echo tick; sleep 0.02; done");

        try (OperatorProcess operator = OperatorProcess.launch()) {
            operator.awaitLine("tick"::equals, PATIENCE);
            operator.pause();
            Awaitility.await().until(() -> state(operator.pid()).equals("T"));
            int paused = operator.lines().size();
            operator.resume();
            Awaitility.await().until(() -> operator.lines().size() > paused);
        }
    }

    @Test
    void isGoneAfterClosing() throws IOException {
        launcher("trap '' TERM; echo ready; while :; do sleep 0.05; done");
        OperatorProcess operator = OperatorProcess.launch();
        operator.awaitLine("ready"::equals, PATIENCE);

        operator.terminate();
        operator.close();

        assertThat(operator.isAlive()).isFalse();
        assertThat(operator.exitCode()).hasValue(137);
    }

    private static String state(long pid) throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "state=", "-p", Long.toString(pid)).start();
        return new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    }

    private void launcher(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("launcher"), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        System.setProperty("keyferry.launcher", file.toString());
    }

    static final class Endpoints {
        private Endpoints() {}

        public static void main(String[] args) throws IOException {
            for (String flag : args) {
                int colon = flag.lastIndexOf(':');
                if (colon > 0) {
                    serve(Integer.parseInt(flag.substring(colon + 1)));
                }
            }
        }

        private static void serve(int port) throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            for (String path : new String[] {"/readyz", "/metrics"}) {
                server.createContext(path, exchange -> {
                    byte[] body = "up 1\n".getBytes(StandardCharsets.US_ASCII);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
            }
            server.start();
        }
    }
}
