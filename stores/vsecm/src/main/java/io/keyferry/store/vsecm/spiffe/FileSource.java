package io.keyferry.store.vsecm.spiffe;

import io.keyferry.engine.time.TimeSource;
import io.keyferry.engine.time.Timers;
import io.keyferry.pem.Pem;
import io.keyferry.store.vsecm.spiffe.IdentitySource.PemFiles;
import io.keyferry.store.vsecm.spiffe.SpiffeException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * An SVID in files, read again before each use and every {@link #LOOK}. While the files do not fit together, as in the midst
 * of being renewed, the last SVID that did is used until it expires.
 */
final class FileSource implements X509Source {
    static final Duration LOOK = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 1 << 20;

    private final PemFiles files;
    private final CurrentIdentity identity;
    private final TimeSource time;
    private final Timers timers;
    private Timers.Timer timer = () -> {};
    private List<byte[]> lastRead = List.of();
    private String problem = "the files have not been read yet";
    private boolean started;
    private boolean closed;

    FileSource(PemFiles files, CurrentIdentity identity, TimeSource time, Timers timers) {
        this.files = files;
        this.identity = identity;
        this.time = time;
        this.timers = timers;
    }

    @Override
    public synchronized void start() {
        if (!started && !closed) {
            started = true;
            look();
        }
    }

    private synchronized void look() {
        if (!closed) {
            refresh();
            timer = timers.after(LOOK, this::look);
        }
    }

    @Override
    public synchronized X509Context current(Duration patience) throws SpiffeException {
        if (!started) {
            start();
        } else if (!closed) {
            refresh();
        }
        return identity.valid().orElseThrow(() -> new SpiffeException(Fault.IDENTITY_UNAVAILABLE, words()));
    }

    private String words() {
        return identity.held()
                .map(held -> held.notBefore().isAfter(time.now())
                        ? "the SVID in " + files.chain() + " is not valid yet"
                        : "the SVID in " + files.chain() + " has expired")
                .orElse(problem);
    }

    private void refresh() {
        try {
            List<byte[]> now = List.of(read(files.chain()), read(files.key()), read(files.bundle()));
            if (isAsBefore(now)) {
                return;
            }
            lastRead = now;
            identity.set(SvidReader.read(
                    SvidReader.certificates(now.get(0)),
                    key(now.get(1)),
                    SvidReader.certificates(now.get(2)),
                    Map.of()));
        } catch (MalformedSvidException e) {
            problem = "the SVID in %s is not in order: %s".formatted(files.chain(), e.getMessage());
        }
    }

    private boolean isAsBefore(List<byte[]> now) {
        return lastRead.size() == now.size()
                && Arrays.equals(lastRead.get(0), now.get(0))
                && Arrays.equals(lastRead.get(1), now.get(1))
                && Arrays.equals(lastRead.get(2), now.get(2));
    }

    private static byte[] read(Path file) throws MalformedSvidException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new MalformedSvidException(file + " is larger than 1 MiB");
            }
            return bytes;
        } catch (IOException e) {
            throw new MalformedSvidException(file + " cannot be read");
        }
    }

    private static byte[] key(byte[] pem) throws MalformedSvidException {
        try {
            return Pem.blocks(new String(pem, StandardCharsets.ISO_8859_1), "PRIVATE KEY").stream()
                    .findFirst()
                    .orElseThrow(() -> new MalformedSvidException("there is no PKCS#8 key (BEGIN PRIVATE KEY)"));
        } catch (IllegalArgumentException e) {
            throw new MalformedSvidException("the private key is malformed");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        problem = "the operator is stopping";
        timer.cancel();
        identity.drop();
        lastRead = List.of();
    }
}
