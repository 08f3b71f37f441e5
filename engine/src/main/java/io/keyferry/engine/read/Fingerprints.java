package io.keyferry.engine.read;

import io.keyferry.engine.content.Fingerprint;
import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.store.Reading;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Fingerprints of readings: every part is written with its length before it, so that no two readings look alike. */
final class Fingerprints {
    private Fingerprints() {}

    static Fingerprint of(Fingerprinter fingerprinter, Reading reading) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            switch (reading) {
                case Reading.Found found -> {
                    out.writeByte('F');
                    write(out, found.value().bytes());
                    if (found.revision().isPresent()) {
                        write(out, found.revision().get().id());
                        write(out, found.revision().get().version());
                    }
                }
                case Reading.Absent absent -> {
                    out.writeByte('A');
                    write(out, absent.cause().name());
                }
                case Reading.Listing listing -> {
                    out.writeByte('L');
                    out.writeInt(listing.names().size());
                    for (String name : listing.names()) {
                        write(out, name);
                    }
                }
                case Reading.Inventory inventory -> {
                    out.writeByte('I');
                    out.writeInt(inventory.items().size());
                    for (Map.Entry<String, Reading.Inventory.Item> item :
                            inventory.items().entrySet()) {
                        write(out, item.getKey());
                        write(out, item.getValue());
                    }
                }
                case Reading.Principal principal -> out.writeByte('S');
            }
            write(out, reading.attributes());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return fingerprinter.of(bytes.toByteArray());
    }

    private static void write(DataOutputStream out, Reading.Inventory.Item item) throws IOException {
        write(out, item.id());
        write(out, item.version());
        write(out, item.changed().map(Instant::toString).orElse(""));
        write(out, item.tags());
    }

    private static void write(DataOutputStream out, Map<String, String> map) throws IOException {
        out.writeInt(map.size());
        for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
            write(out, entry.getKey());
            write(out, entry.getValue());
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        write(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(DataOutputStream out, byte[] part) throws IOException {
        out.writeInt(part.length);
        out.write(part);
    }

    /** A number from 0 to 1 that depends on the key alone and is the same in every process. */
    static double spread(ReadKey key) {
        long hash = key.reference().path().hashCode() * 31L
                + key.access().store().endpoint().hashCode();
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return ((hash ^ (hash >>> 33)) >>> 11) * 0x1p-53;
    }
}
