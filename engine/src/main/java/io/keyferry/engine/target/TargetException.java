package io.keyferry.engine.target;

import io.keyferry.engine.content.Problem;
import org.jspecify.annotations.Nullable;

/** A target could not be observed or written. */
public final class TargetException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public TargetException(Problem problem, @Nullable Throwable cause) {
        super(problem.message(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
