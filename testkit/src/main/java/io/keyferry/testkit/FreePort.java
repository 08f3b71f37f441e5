package io.keyferry.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Picks free loopback ports for servers. They lie below the range from which systems hand out ports by themselves, so
 * that a server that is stopped and started finds its port still free.
 */
public final class FreePort {
    private static final int LOWEST = 20_000;
    private static final int BEYOND = 32_000;

    private FreePort() {}

    /** A TCP port that nobody listened on a moment ago. */
    public static int next() {
        int port = candidate();
        while (!isFree(port)) {
            port = candidate();
        }
        return port;
    }

    private static int candidate() {
        return ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
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
