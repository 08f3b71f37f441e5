package io.keyferry.gotemplate.fmt;

import io.keyferry.gotemplate.value.StringValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects bytes, each of which is announced to a meter before it is stored, so that the meter can stop the writing. */
public final class Sink {
    private static final int FIRST_SIZE = 64;

    private final Meter meter;
    private byte[] buffer = new byte[FIRST_SIZE];
    private int size;

    public Sink(Meter meter) {
        this.meter = meter;
    }

    /** Counts bytes. */
    public interface Meter {
        /** Throws an exception of its own choice, which passes through all of this package, if these are too many. */
        void charge(long bytes);
    }

    public int size() {
        return size;
    }

    public void write(int aByte) {
        makeRoom(1);
        buffer[size++] = (byte) aByte;
    }

    public void write(byte[] bytes, int from, int to) {
        makeRoom(to - from);
        System.arraycopy(bytes, from, buffer, size, to - from);
        size += to - from;
    }

    public void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    public void write(StringValue text) {
        makeRoom(text.length());
        text.copyTo(buffer, size);
        size += text.length();
    }

    /** As UTF-8. */
    public void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    public void repeat(int aByte, int count) {
        if (count <= 0) {
            return;
        }
        makeRoom(count);
        Arrays.fill(buffer, size, size + count, (byte) aByte);
        size += count;
    }

    /** A copy of what was written so far. */
    public byte[] bytes() {
        return Arrays.copyOf(buffer, size);
    }

    public StringValue toValue() {
        return StringValue.of(bytes());
    }

    /** An empty one with the same meter. */
    Sink scratch() {
        return new Sink(meter);
    }

    private void makeRoom(int count) {
        meter.charge(count);
        int needed = Math.addExact(size, count);
        if (needed > buffer.length) {
            buffer =
                    Arrays.copyOf(buffer, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, buffer.length * 2L)));
        }
    }
}
