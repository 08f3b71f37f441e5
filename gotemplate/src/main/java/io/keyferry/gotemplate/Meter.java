package io.keyferry.gotemplate;

import io.keyferry.gotemplate.fmt.Sink;

/** Counts what one execution uses. Every method throws a {@link LimitException} when it is too much. */
final class Meter implements Sink.Meter {
    private static final int STEPS_BETWEEN_LOOKS = 64;
    private static final int BYTES_IN_STEP = 256;

    private final TemplateLimits limits;
    private final long start;
    private long steps;
    private long nextLook = STEPS_BETWEEN_LOOKS;
    private long work;
    private int output;
    private int depth;

    Meter(TemplateLimits limits) {
        this.limits = limits;
        this.start = limits.clock().getAsLong();
    }

    void step() {
        steps++;
        if (steps > limits.steps()) {
            throw new LimitException("exceeded " + limits.steps() + " steps");
        }
        if (steps >= nextLook) {
            nextLook = steps + STEPS_BETWEEN_LOOKS;
            checkTime();
        }
    }

    /** Counts a look at so many bytes. */
    void look(int bytes) {
        steps += bytes / BYTES_IN_STEP;
        step();
    }

    /** To be paired with {@link #leave}, unless the execution ends. */
    void enter() {
        depth++;
        if (depth > limits.depth()) {
            throw new LimitException("exceeded maximum template depth (" + limits.depth() + ")");
        }
    }

    void leave() {
        depth--;
    }

    void checkTime() {
        if (limits.clock().getAsLong() - start > limits.nanos()) {
            throw new LimitException("exceeded " + limits.nanos() / 1_000_000 + " ms");
        }
    }

    @Override
    public void charge(long bytes) {
        work += bytes;
        if (work > limits.workBytes()) {
            throw new LimitException("strings exceed " + limits.workBytes() + " bytes");
        }
    }

    void chargeOutput(long bytes) {
        if (bytes > limits.outputBytes() - output) {
            throw new LimitException("output exceeds " + limits.outputBytes() + " bytes");
        }
        output += (int) bytes;
    }
}
