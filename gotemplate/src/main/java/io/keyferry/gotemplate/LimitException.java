package io.keyferry.gotemplate;

/** A limit is reached. Unchecked, so that it passes through what only formats. */
final class LimitException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String problem;

    LimitException(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
