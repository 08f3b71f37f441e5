package io.keyferry.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Picks free loopback ports for servers. They lie below the range from which systems hand out ports by themselves, so
 * that a server that is stopped and started finds its port still free. Each process picks from ports that are its alone, one
 * after another, so that nobody else gets a port between its being picked and being listened on.
 */
public final class FreePort {
    private static final PortRange RANGE = PortRange.claim();

    private FreePort() {}

    /** A TCP port that nobody listened on a moment ago. */
    public static int next() {
        int port = RANGE.next();
        while (!isFree(port)) {
            port = RANGE.next();
        }
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
