package io.keyferry.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The operator with its launcher, a program that starts the JVM within itself: the image has no shell. */
final class Application {
    /**
     * In a container half the memory is for the heap, which begins small and grows with what is kept in it; without a limit it
     * still has short references, as the AOT cache was made with. Native libraries are found where they lie, so that nothing
     * needs to be unpacked, and nothing else needs a folder for temporary files.
     */
    private static final List<String> OF_THE_IMAGE = List.of(
            "-Xms8m",
            "-XX:MaxRAMPercentage=50",
            "-XX:+UseCompressedOops",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.library.path=$ROOTDIR/lib/native");

    private final JdkTool jpackage;
    private final String version;

    /** @param version the program's */
    Application(JdkTool jpackage, String version) {
        this.jpackage = jpackage;
        this.version = version;
    }

    /**
     * @param built what the operator's build left: its jar, and {@code lib} with the others
     * @param options the JVM's, one a line, as {@code bin/keyferry} gives them
     * @param runtime what {@link RuntimeImage} made
     */
    void make(Path built, Path options, Path runtime, Layout layout, Path scratch) throws ImageException, IOException {
        Path input = scratch.resolve("input");
        copyJars(built, input);
        List<String> arguments = new ArrayList<>(List.of(
                "--type", "app-image",
                "--name", "keyferry",
                "--input", input.toString(),
                "--main-jar", "keyferry.jar",
                "--main-class", "io.keyferry.operator.Main",
                "--app-version", version,
                "--runtime-image", runtime.toString(),
                "--arguments", "operator",
                "--dest", layout.opt().toString()));
        for (String option : options(options)) {
            arguments.addAll(List.of("--java-options", option));
        }
        jpackage.run(arguments);
        removeWhatNobodyReads(layout);
        alias(layout);
    }

    private static void copyJars(Path built, Path to) throws ImageException, IOException {
        Path jar = built.resolve("keyferry.jar");
        if (!Files.exists(jar)) {
            throw new ImageException("there is no %s: run ./dev build first".formatted(jar));
        }
        Files.createDirectories(to.resolve("lib"));
        Files.copy(jar, to.resolve(jar.getFileName()));
        for (String library : classPath(jar)) {
            Files.copy(built.resolve(library), to.resolve(library));
        }
    }

    /** What the jar names, and not what else lies there. */
    private static List<String> classPath(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return List.of(file.getManifest()
                    .getMainAttributes()
                    .getValue(Attributes.Name.CLASS_PATH)
                    .split(" "));
        }
    }

    private static List<String> options(Path file) throws IOException {
        return Stream.concat(
                        Files.readAllLines(file).stream().filter(line -> !line.isBlank() && !line.startsWith("#")),
                        OF_THE_IMAGE.stream())
                .toList();
    }

    private static void removeWhatNobodyReads(Layout layout) throws IOException {
        Files.deleteIfExists(layout.app().resolve(".jpackage.xml"));
        Files.deleteIfExists(layout.app().resolve(".package"));
        Files.deleteIfExists(layout.library().resolve("keyferry.png"));
    }

    /** Has both launchers start the JVM with the AOT cache that lies in the layout. */
    static void useCache(Layout layout) throws IOException {
        add("$APPDIR", layout.configuration());
        add(Layout.APP, layout.aliasConfiguration());
    }

    private static void add(String folder, Path configuration) throws IOException {
        String option = "java-options=-XX:AOTCache=%s/%s\n".formatted(folder, Layout.CACHE);
        String text = Files.readString(configuration);
        if (!text.contains(option)) {
            Files.writeString(configuration, text.replace("[JavaOptions]\n", "[JavaOptions]\n" + option));
        }
    }

    /** The same program under the name that existing manifests call; archives of images by jib know no links. */
    private static void alias(Layout layout) throws IOException {
        Files.copy(layout.launcher(), layout.alias(), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(layout.root().resolve("lib/app"));
        Files.copy(layout.launcherLibrary(), layout.aliasLibrary(), StandardCopyOption.COPY_ATTRIBUTES);
        String configuration = Files.readString(layout.configuration())
                .replace("$APPDIR", Layout.APP)
                .replace("$ROOTDIR", "/opt/keyferry")
                .replace("[Application]\n", "[Application]\napp.runtime=" + Layout.RUNTIME + "\n")
                .replace("[JavaOptions]\n", "[JavaOptions]\njava-options=-Dio.keyferry.launcher=manager\n");
        Files.writeString(layout.aliasConfiguration(), configuration);
    }
}
