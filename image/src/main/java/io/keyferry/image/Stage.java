package io.keyferry.image;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes the folder that looks like the image's root file system, without the AOT cache. */
final class Stage {
    /** What all files are dated to. An AOT cache remembers the dates of the jars, so they are the same here as in the image. */
    static final Instant DATE = Instant.ofEpochSecond(1);

    private final Layout layout;
    private final BuildInfo build;

    Stage(Layout layout, BuildInfo build) {
        this.layout = layout;
        this.build = build;
    }

    /**
     * @param built what the operator's build left
     * @param options the JVM's, one a line
     */
    void make(Path built, Path options) throws ImageException, IOException, InterruptedException {
        Folders.delete(layout.root());
        Path scratch = Files.createTempDirectory("keyferry-image");
        try {
            Files.createDirectories(layout.opt());
            Path runtime = scratch.resolve("runtime");
            new RuntimeImage(JdkTool.named("jlink")).make(runtime);
            new Application(JdkTool.named("jpackage"), build.version()).make(built, options, runtime, layout, scratch);
        } finally {
            Folders.delete(scratch);
        }
        new NativeLibraries(System.getProperty("os.arch")).copy(layout.app().resolve("lib"), layout.natives());
        CLibrary c = new CLibrary(layout.root().toAbsolutePath().normalize());
        c.copy(c.neededBy(binaries()));
        writeUsers();
        new BillOfMaterials(layout).make(built, CLibrary.version());
        date();
    }

    private Set<Path> binaries() throws IOException {
        Set<Path> binaries = new TreeSet<>();
        binaries.add(layout.launcher());
        try (Stream<Path> files = Files.walk(layout.library())) {
            files.filter(path -> path.toString().endsWith(".so")).forEach(binaries::add);
        }
        return binaries;
    }

    private void writeUsers() throws IOException {
        Path etc = Files.createDirectories(layout.root().resolve("etc"));
        Files.writeString(etc.resolve("passwd"), """
                root:x:0:0:root:/:/sbin/nologin
                %2$s:x:%1$d:%1$d:%2$s:/:/sbin/nologin
                """.formatted(Layout.USER, Layout.USER_NAME));
        Files.writeString(etc.resolve("group"), """
                root:x:0:
                %2$s:x:%1$d:
                """.formatted(Layout.USER, Layout.USER_NAME));
        Files.writeString(etc.resolve("nsswitch.conf"), "passwd: files\ngroup: files\nhosts: files dns\n");
    }

    /** Dates everything to {@link #DATE}, and lets everybody read it. */
    private void date() throws IOException {
        Files.walkFileTree(layout.root(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                open(file, Files.isExecutable(file));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static void open(Path file, boolean isProgram) throws IOException {
        Set<PosixFilePermission> permissions = new TreeSet<>(Set.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.OTHERS_READ));
        if (isProgram) {
            permissions.addAll(Set.of(
                    PosixFilePermission.OWNER_EXECUTE,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.OTHERS_EXECUTE));
        }
        Files.setPosixFilePermissions(file, permissions);
        Files.setLastModifiedTime(file, FileTime.from(DATE));
    }
}
