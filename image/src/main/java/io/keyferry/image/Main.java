package io.keyferry.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Makes the image in two steps, between which the operator runs from the staged folder to make its AOT cache:
 * {@code stage FOLDER BUILT OPTIONS} and {@code pack FOLDER ARCHIVE}.
 */
public final class Main {
    private Main() {}

    /** @param arguments a step and its arguments; ends with 1 and a line on standard error if it fails */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            run(arguments);
        } catch (ImageException e) {
            System.err.println("image: " + e.getMessage());
            System.exit(1);
        } catch (IOException e) {
            System.err.println("image: " + e);
            System.exit(1);
        }
    }

    private static void run(String[] arguments) throws ImageException, IOException, InterruptedException {
        Layout layout = new Layout(Path.of(arguments[1]));
        switch (arguments[0]) {
            case "stage" -> new Stage(layout, BuildInfo.load()).make(Path.of(arguments[2]), Path.of(arguments[3]));
            case "pack" -> pack(layout, Path.of(arguments[2]));
            default -> throw new ImageException("there is no step " + arguments[0]);
        }
    }

    private static void pack(Layout layout, Path archive) throws ImageException, IOException, InterruptedException {
        BuildInfo build = BuildInfo.load();
        String name = "keyferry:" + build.version();
        if (Files.exists(layout.cache())) {
            Stage.open(layout.cache(), false);
            Application.useCache(layout);
        }
        String digest = new Archive(layout, build).write(archive, name);
        Files.copy(layout.billOfMaterials(), archive.resolveSibling("bom.json"), StandardCopyOption.REPLACE_EXISTING);
        System.out.printf("%s %s, %d MiB%n", name, digest, Files.size(archive) >> 20);
    }
}
