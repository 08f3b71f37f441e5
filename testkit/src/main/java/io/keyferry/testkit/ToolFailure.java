package io.keyferry.testkit;

/** A program ended with an exit code that is not 0; the message is what it printed. */
public final class ToolFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ToolFailure(String output) {
        super(output);
    }
}
