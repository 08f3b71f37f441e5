package io.keyferry.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Packs a staged root file system into an archive that {@code docker load} and its like take. */
final class Archive {
    /** What changes seldom comes first, so that registries and nodes have it already. */
    private enum Layer {
        SYSTEM,
        RUNTIME,
        LIBRARIES,
        KEYFERRY,
        CACHE;

        static Layer of(Path path, Layout layout) {
            if (path.equals(layout.cache())) {
                return CACHE;
            }
            if (path.startsWith(layout.runtime())) {
                return RUNTIME;
            }
            boolean isOurs = path.getFileName().toString().startsWith("keyferry-");
            if (path.startsWith(layout.natives())
                    || (path.startsWith(layout.app().resolve("lib")) && !isOurs)) {
                return LIBRARIES;
            }
            return path.startsWith(layout.keyferry()) || layout.isOfAlias(path) ? KEYFERRY : SYSTEM;
        }
    }

    private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");
    private static final FilePermissions FILE = FilePermissions.fromOctalString("644");
    private static final FilePermissions FOR_ALL = FilePermissions.fromOctalString("777");

    private final Layout layout;
    private final BuildInfo build;

    Archive(Layout layout, BuildInfo build) {
        this.layout = layout;
        this.build = build;
    }

    /** @return the image's digest */
    String write(Path to, String name) throws ImageException, IOException, InterruptedException {
        Files.deleteIfExists(to);
        // Jib knows a layer again by its files' names and dates, which say nothing here, so it gets a folder without
        // any.
        Path caches = Files.createTempDirectory("keyferry-layers");
        try {
            JibContainer container = Jib.fromScratch()
                    .setFileEntriesLayers(layers())
                    .setEntrypoint(Layout.ENTRY_POINT)
                    .setProgramArguments("operator")
                    .setEnvironment(Map.of("LANG", "C.UTF-8"))
                    .setUser(Layout.USER + ":" + Layout.USER)
                    .setWorkingDirectory(AbsoluteUnixPath.get("/"))
                    .setExposedPorts(Port.tcp(8080), Port.tcp(8081))
                    .setPlatforms(Set.of(new Platform(machine(), "linux")))
                    .setCreationTime(build.created())
                    .setLabels(labels())
                    .containerize(Containerizer.to(TarImage.at(to).named(name))
                            .setOfflineMode(true)
                            .setBaseImageLayersCache(caches.resolve("base"))
                            .setApplicationLayersCache(caches.resolve("layers"))
                            .setToolName("keyferry"));
            return container.getDigest().toString();
        } catch (InvalidImageReferenceException e) {
            throw new ImageException("%s is no name of an image".formatted(name), e);
        } catch (RegistryException | CacheDirectoryCreationException e) {
            throw new ImageException("the image could not be packed: " + e.getMessage(), e);
        } catch (ExecutionException e) {
            throw new ImageException("the image could not be packed: " + e.getCause(), e);
        } finally {
            Folders.delete(caches);
        }
    }

    private static String machine() {
        String machine = System.getProperty("os.arch");
        return machine.equals("aarch64") ? "arm64" : machine;
    }

    /** In one order: it becomes part of the digest, and a plain map has another one in each run. */
    private SortedMap<String, String> labels() {
        return new TreeMap<>(Map.of(
                "org.opencontainers.image.title",
                "Keyferry",
                "org.opencontainers.image.description",
                "One Kubernetes operator that carries secrets between external stores and Kubernetes.",
                "org.opencontainers.image.licenses",
                "Apache-2.0",
                "org.opencontainers.image.version",
                build.version(),
                "org.opencontainers.image.revision",
                build.commit(),
                "org.opencontainers.image.created",
                build.created().toString()));
    }

    private List<FileEntriesLayer> layers() throws IOException {
        Path temporary = Files.createDirectories(layout.root().resolve("tmp"));
        Map<Layer, List<Path>> files = files().stream()
                .collect(Collectors.groupingBy(file -> Layer.of(file, layout), TreeMap::new, Collectors.toList()));
        List<FileEntriesLayer> layers = new ArrayList<>();
        for (Map.Entry<Layer, List<Path>> layer : files.entrySet()) {
            FileEntriesLayer.Builder entries =
                    FileEntriesLayer.builder().setName(layer.getKey().name().toLowerCase(Locale.ROOT));
            if (layer.getKey() == Layer.SYSTEM) {
                entries.addEntry(temporary, inImage(temporary), FOR_ALL, Stage.DATE);
            }
            for (Path file : layer.getValue()) {
                entries.addEntry(file, inImage(file), Files.isExecutable(file) ? PROGRAM : FILE, Stage.DATE);
            }
            layers.add(entries.build());
        }
        return layers;
    }

    /** All files but the JDK's own programs: the launcher has the JVM within itself. */
    private List<Path> files() throws IOException {
        Path programs = layout.runtime().resolve("bin");
        try (Stream<Path> all = Files.walk(layout.root())) {
            return all.filter(Files::isRegularFile)
                    .filter(path -> !path.startsWith(programs))
                    .sorted()
                    .toList();
        }
    }

    private AbsoluteUnixPath inImage(Path path) {
        return AbsoluteUnixPath.get("/" + layout.root().relativize(path));
    }
}
