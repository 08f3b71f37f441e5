package io.keyferry.gotemplate.parse;

/** A text is no template. */
public final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1;

    private final String problem;

    SyntaxException(String problem) {
        super(problem);
        this.problem = problem;
    }

    /** In Go's words, for example {@code template: NAME:3: unexpected EOF}. */
    public String problem() {
        return problem;
    }
}
