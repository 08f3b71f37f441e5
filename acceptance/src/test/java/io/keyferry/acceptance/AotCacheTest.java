package io.keyferry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.testkit.OperatorProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Launcher, jars and an AOT cache beside them, in a folder of their own; carries the tag because it needs the jars. */
@Tag("parts")
class AotCacheTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final String BUILT = "operator/target";

    @TempDir
    private static Path trained;

    private static String trainedId;

    @TempDir
    private Path root;

    private record Ended(int code, List<String> lines) {}

    @BeforeAll
    static void train() throws IOException {
        install(trained);
        trainedId = id(trained);
        Ended ended = run(trained, "-XX:AOTCacheOutput=" + cache(trained, trainedId), "--version");
        assertThat(ended.code()).as("%s", ended.lines()).isZero();
        assertThat(cache(trained, trainedId)).isNotEmptyFile();
    }

    @BeforeEach
    void install() throws IOException {
        install(root);
    }

    @Test
    void withoutACacheTheProgramRuns() {
        assertThat(run(root, "", "--version").code()).isZero();
    }

    @Test
    void aCacheOfTheseJarsIsUsed() throws IOException {
        layCache(trainedId);
        Ended ended = run(root, "-XX:AOTMode=on -Xlog:class+load=info:stderr", "--version");
        assertThat(ended.code()).isZero();
        assertThat(ended.lines())
                .anyMatch(line -> line.contains("io.keyferry.operator.Main source: shared objects file"));
    }

    @Test
    void aCacheOfOtherJarsIsLeftAlone() throws IOException {
        renewJar();
        layCache(trainedId);
        Ended ended = run(root, "-Xlog:class+load=info:stderr", "--version");
        assertThat(ended.code()).isZero();
        assertThat(ended.lines())
                .noneMatch(line -> line.contains("io.keyferry.operator.Main source: shared objects file"));
    }

    @Test
    void classesOfOtherJarsInTheCacheAreRefused() throws IOException {
        String renewed = renewJar();
        layCache(renewed);
        Ended ended = run(root, "", "--version");
        assertThat(ended.lines())
                .singleElement()
                .asString()
                .startsWith("keyferry: the AOT cache holds classes of another build")
                .contains(trainedId.substring(0, 12), renewed.substring(0, 12), "run ./dev build");
        assertThat(ended.code()).isEqualTo(1);
    }

    private static void install(Path to) throws IOException {
        Files.createDirectories(to.resolve("bin"));
        Files.createDirectories(to.resolve(BUILT));
        for (String file : List.of("bin/keyferry", "bin/jvm.options", BUILT + "/keyferry.jar", BUILT + "/build-id")) {
            Files.copy(CHECKOUT.resolve(file), to.resolve(file));
        }
        Path libraries = Files.createDirectory(to.resolve(BUILT).resolve("lib"));
        try (Stream<Path> jars = Files.list(CHECKOUT.resolve(BUILT).resolve("lib"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, libraries.resolve(jar.getFileName()));
            }
        }
    }

    private static Path cache(Path root, String id) {
        return root.resolve(BUILT).resolve("keyferry-" + id + ".aot");
    }

    private static String id(Path root) throws IOException {
        return Files.readString(root.resolve(BUILT).resolve("build-id")).strip();
    }

    private void layCache(String id) throws IOException {
        Files.copy(cache(trained, trainedId), cache(root, id));
    }

    /** As if the build had been made anew from other sources: id of the classes, of the resource, of the launcher. */
    private String renewJar() throws IOException {
        String renewed = new StringBuilder(trainedId).reverse().toString();
        Path built = root.resolve(BUILT);
        try (FileSystem jar = FileSystems.newFileSystem(built.resolve("keyferry.jar"))) {
            replace(jar.getPath("io/keyferry/operator/CompiledBuild.class"), renewed);
            replace(jar.getPath("io/keyferry/operator/version.properties"), renewed);
        }
        replace(built.resolve("build-id"), renewed);
        return renewed;
    }

    private static void replace(Path file, String renewed) throws IOException {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains(trainedId);
        Files.writeString(file, bytes.replace(trainedId, renewed), StandardCharsets.ISO_8859_1);
    }

    private static Ended run(Path root, String javaOptions, String... arguments) {
        try (OperatorProcess process = OperatorProcess.operator()
                .launcher(root.resolve("bin/keyferry"))
                .environment("KEYFERRY_JAVA_OPTS", javaOptions)
                .launch(arguments)) {
            int code = process.awaitExit(PATIENCE);
            return new Ended(code, process.lines());
        }
    }
}
