package io.keyferry.store.vsecm.spiffe;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.Socket;

/**
 * A socket, never through a proxy, whose failed writes are passed over: a server that does not take the client's certificate
 * sends an alert and closes while the request is on its way, and that alert is still there to be read. If there is nothing to
 * read, reading fails as the write did.
 */
final class LastWordSocket extends Socket {
    LastWordSocket() {
        super(Proxy.NO_PROXY);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new Lenient(super.getOutputStream());
    }

    private static final class Lenient extends FilterOutputStream {
        private boolean failed;

        Lenient(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            if (!failed) {
                try {
                    out.write(bytes, from, count);
                } catch (IOException e) {
                    failed = true;
                }
            }
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }
    }
}
