package io.keyferry.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Ports that belong to one process as long as it lives: it holds a lock on the range's file, which ends with it. Those from
 * 28,000 on are for {@code ./dev up}.
 */
final class PortRange {
    private static final int LOWEST = 20_000;
    private static final int SIZE = 500;
    private static final int COUNT = 16;

    private final int first;

    /** Kept, for a lock ends when its channel is collected. */
    private final FileLock lock;

    private int offset = ThreadLocalRandom.current().nextInt(SIZE);

    private PortRange(int first, FileLock lock) {
        this.first = first;
        this.lock = lock;
    }

    /**
     * Takes a range that no other process has.
     *
     * @throws IllegalStateException if all are taken
     */
    static PortRange claim() {
        return claimIn(
                Path.of(System.getProperty("java.io.tmpdir"), "keyferry-ports-" + System.getProperty("user.name")));
    }

    /** @param folder where the files of the ranges are, or are made */
    static PortRange claimIn(Path folder) {
        try {
            Files.createDirectories(folder);
            for (int i = 0; i < COUNT; i++) {
                FileLock lock = lock(folder.resolve(Integer.toString(i)));
                if (lock != null) {
                    return new PortRange(LOWEST + i * SIZE, lock);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("more than %d processes want ports; see %s".formatted(COUNT, folder));
    }

    private static @Nullable FileLock lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
            }
            return lock;
        } catch (OverlappingFileLockException taken) {
            // This process has it, and would lose it if any channel on the file were closed.
            return null;
        }
    }

    /** The next port; after the last the first again. */
    synchronized int next() {
        if (!lock.isValid()) {
            throw new IllegalStateException("the ports are another process's now");
        }
        offset = (offset + 1) % SIZE;
        return first + offset;
    }
}
