package io.keyferry.operator.bundle;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip archive that is written entry by entry. An entry that cannot be had says why, and the others follow. */
public final class SupportBundle implements AutoCloseable {
    private final ZipOutputStream zip;

    public SupportBundle(OutputStream out) {
        zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    }

    /** Gives an entry's text. */
    @FunctionalInterface
    public interface Source {
        String get() throws IOException, InterruptedException;
    }

    /** Writes an entry, or if it cannot be had the reason. */
    public void add(String name, Source source) throws IOException, InterruptedException {
        String text;
        try {
            text = source.get();
        } catch (IOException e) {
            text = "not available: %s%n".formatted(e.getMessage());
        } catch (RuntimeException e) {
            // One entry must not keep the others from being collected.
            text = "not available, for a reason it should not have: %s%n".formatted(e);
        }
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    @Override
    public void close() throws IOException {
        zip.finish();
        zip.flush();
    }
}
