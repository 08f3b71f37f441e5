package io.keyferry.gotemplate;

/** A function fails, and with it the template that called it. */
public final class FunctionException extends Exception {
    private static final long serialVersionUID = 1;

    private final String problem;

    /** @param problem goes into the message of the {@link TemplateException}, so it must hold nothing secret */
    public FunctionException(String problem) {
        super(problem);
        this.problem = problem;
    }

    public FunctionException(String problem, Throwable cause) {
        super(problem, cause);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
