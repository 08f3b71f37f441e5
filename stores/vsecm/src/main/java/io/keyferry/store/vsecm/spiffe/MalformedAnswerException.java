package io.keyferry.store.vsecm.spiffe;

import java.io.IOException;

/** An answer is not HTTP, or too large. */
final class MalformedAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedAnswerException(String problem) {
        super(problem);
    }
}
