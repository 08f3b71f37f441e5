package io.keyferry.kubernetes.api;

import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;

/** Why a request never arrived, which libraries tell at the bottom of what they throw. */
public final class RootCause {
    private RootCause() {}

    /** The innermost message, for people. */
    public static String message(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof ClosedChannelException) {
            return "the connection was refused or closed";
        }
        if (root instanceof UnresolvedAddressException) {
            return "nobody knows this name; outside of a cluster set KUBECONFIG, or give --kubeconfig";
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}
