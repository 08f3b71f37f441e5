package io.keyferry.dialect.vsecmsecret;

import io.keyferry.engine.content.Problem;

/** An object makes no sense; only an edit helps. */
final class InvalidResourceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    InvalidResourceException(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
