package io.keyferry.store.vault;

import java.io.IOException;

/** A response body went beyond its limit, in bytes. */
final class BodyTooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    BodyTooLarge(int limit) {
        super("response body is larger than " + limit + " bytes");
    }
}
