package io.keyferry.acceptance.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * An image's files, unpacked. Where this machine allows it, programs run with them as their read-only root and as the
 * image's user; elsewhere from the folder itself.
 */
final class ImageRoot {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final JsonNode config;
    private final boolean confined;

    private ImageRoot(Path folder, JsonNode config, boolean confined) {
        this.folder = folder;
        this.config = config;
        this.confined = confined;
    }

    /** @param in an empty folder */
    static ImageRoot unpack(Path archive, Path in) throws IOException, InterruptedException {
        Path packed = Files.createDirectory(in.resolve("packed"));
        Path root = Files.createDirectory(in.resolve("root"));
        run("tar", "-C", packed.toString(), "-xf", archive.toString());
        JsonNode manifest =
                JSON.readTree(packed.resolve("manifest.json").toFile()).get(0);
        for (JsonNode layer : manifest.path("Layers")) {
            String file = packed.resolve(layer.asText()).toString();
            run("tar", "--warning=no-unknown-keyword", "-C", root.toString(), "-xzpf", file);
        }
        for (String mountPoint : List.of("proc", "shown")) {
            Files.createDirectory(root.resolve(mountPoint));
        }
        open(in);
        open(root);
        JsonNode config =
                JSON.readTree(packed.resolve(manifest.path("Config").asText()).toFile());
        return new ImageRoot(root, config, mayConfine(root));
    }

    private static boolean mayConfine(Path root) throws IOException, InterruptedException {
        Process trial = new ProcessBuilder("sh", "-c", "unshare -m mount --bind \"$0\" \"$0\"", root.toString())
                .redirectErrorStream(true)
                .start();
        trial.getInputStream().readAllBytes();
        return trial.waitFor() == 0;
    }

    /** The image's configuration. */
    JsonNode config() {
        return config.path("config");
    }

    /** A file of the image. */
    Path file(String inImage) {
        return folder.resolve(inImage.substring(1));
    }

    /** Whether programs run confined. */
    boolean isConfined() {
        return confined;
    }

    /** Lets programs of the image read a file; @return under which name they find it */
    String show(Path file) throws IOException {
        Path copy = folder.resolve("shown").resolve(file.getFileName());
        Files.write(copy, Files.readAllBytes(file));
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
        return confined ? "/shown/" + file.getFileName() : copy.toString();
    }

    /** Lets programs of the image use a folder, and what is in it, under its own name. */
    void mount(Path shown) throws IOException {
        open(shown);
        if (confined) {
            Files.createDirectories(folder.resolve(shown.toString().substring(1)));
        }
    }

    /**
     * A program that runs one of the image's.
     *
     * @param shown folders that were {@link #mount mounted}
     */
    Path launcher(String program, List<Path> shown) throws IOException {
        List<String> lines = new ArrayList<>(List.of("#!/bin/sh"));
        if (confined) {
            String root = quoted(folder.toString());
            lines.add("[ \"$1\" = --unshared ] || exec unshare -m \"$0\" --unshared \"$@\"");
            lines.add("shift");
            lines.add("set -e");
            lines.add("mount --rbind " + root + " " + root);
            for (Path one : shown) {
                lines.add("mount --bind %s %s".formatted(quoted(one.toString()), quoted(folder + one.toString())));
            }
            lines.add("mount -t proc proc %s/proc".formatted(root));
            lines.add("mount -o remount,ro,bind %s".formatted(root));
            lines.add("exec chroot --userspec=%s %s %s \"$@\""
                    .formatted(config().path("User").asText(), root, quoted(program)));
        } else {
            lines.add("exec %s \"$@\"".formatted(quoted(file(program).toString())));
        }
        Path script = Files.createTempFile(folder.getParent(), "run", ".sh");
        Files.writeString(script, String.join("\n", lines) + "\n");
        open(script);
        return script;
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static void open(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + output);
        }
    }
}
