package io.keyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    @TempDir
    Path folder;

    @Test
    void hasThePidOfTheProgramItself() {
        ChildProcess child = start("exec sh -c 'echo $$; exit 7'");

        assertThat(child.awaitExit(Duration.ofSeconds(10))).isTrue();
        assertThat(child.lines()).containsExactly(Long.toString(child.pid()));
        assertThat(child.exitCode()).hasValue(7);
    }

    @Test
    void getsNoEnvironmentButItsOwn() {
        ChildProcess child = start("echo \"${HOME-unset} $OWN\"");

        assertThat(child.awaitExit(Duration.ofSeconds(10))).isTrue();
        assertThat(child.lines()).containsExactly("unset given");
    }

    @Test
    void takesSignals() {
        ChildProcess child = start("trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 0.05; done");
        Awaitility.await().until(() -> child.lines().contains("ready"));

        child.signal("TERM");

        assertThat(child.awaitExit(Duration.ofSeconds(10))).isTrue();
        assertThat(child.exitCode()).hasValue(3);
        assertThat(child.lines()).containsExactly("ready", "bye");
    }

    @Test
    void isKilledWhenTheJvmThatStartedItIsKilled() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        folder.resolve("child.log").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long child;
        try (BufferedReader out = jvm.inputReader(StandardCharsets.UTF_8)) {
            child = Long.parseLong(out.readLine());
            assertThat(ProcessHandle.of(child)).isPresent();
        } finally {
            jvm.destroyForcibly().waitFor();
        }
        Awaitility.await().until(() -> ended(child));
    }

    /** A process that nobody has waited for yet is still listed, as a zombie, and has no command line. */
    private static boolean ended(long pid) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        return process.isEmpty() || process.get().info().command().isEmpty();
    }

    private ChildProcess start(String script) {
        return ChildProcess.start(List.of("sh", "-c", script), Map.of("OWN", "given"), folder.resolve("output.log"));
    }

    static final class Parent {
        private Parent() {}

        public static void main(String[] args) throws InterruptedException {
            ChildProcess child = ChildProcess.start(List.of("sleep", "600"), Map.of(), Path.of(args[0]));
            System.out.println(child.pid());
            Thread.currentThread().join();
        }
    }
}
