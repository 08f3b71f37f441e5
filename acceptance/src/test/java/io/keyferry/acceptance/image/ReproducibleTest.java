package io.keyferry.acceptance.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.CheckoutCopy;
import io.keyferry.acceptance.Place;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same commit built in another folder gives the same image, but for the AOT cache, which the JVM does not make twice
 * alike.
 */
@Tag("parts")
class ReproducibleTest {
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private static String digest(String output) {
        Matcher digest = DIGEST.matcher(output);
        assertThat(digest.find()).as(output).isTrue();
        return digest.group();
    }

    @Test
    void twoBuildsHaveOneDigest(@TempDir Path elsewhere, @TempDir Path scratch)
            throws IOException, InterruptedException {
        CheckoutCopy.Ended built = CheckoutCopy.in(elsewhere).run("./dev image --no-aot", Duration.ofMinutes(10));
        assertThat(built.exit()).as(built.output()).isZero();
        Path root = Place.root();
        Path stage = scratch.resolve("stage");
        String _ = image("stage", stage, root.resolve("operator/target"), root.resolve("bin/jvm.options"));
        assertThat(digest(image("pack", stage, scratch.resolve("image.tar")))).isEqualTo(digest(built.output()));
    }

    private static String image(String step, Path... arguments) throws IOException, InterruptedException {
        Path target = Place.root().resolve("image/target");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                target.resolve("classes") + File.pathSeparator + target.resolve("lib") + File.separator + "*",
                "io.keyferry.image.Main",
                step));
        for (Path argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
