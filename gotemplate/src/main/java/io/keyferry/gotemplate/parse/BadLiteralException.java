package io.keyferry.gotemplate.parse;

/** A literal that reads as one and is none. */
final class BadLiteralException extends Exception {
    private static final long serialVersionUID = 1;

    private final String problem;

    BadLiteralException(String problem) {
        super(problem);
        this.problem = problem;
    }

    /** In Go's words. */
    String problem() {
        return problem;
    }
}
