package io.keyferry.engine;

import io.keyferry.engine.content.Problem;
import org.jspecify.annotations.Nullable;

/** A recipe could not make content. */
public final class RecipeException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What can be hoped for. */
    public enum Kind {
        /** Something read, or not to be read, is in the way: the sync goes on when that changes. */
        SOURCE,
        /** What the user asked for cannot be done: only an edit helps. */
        REJECTED
    }

    private final Kind kind;
    private final transient Problem problem;

    private RecipeException(Kind kind, Problem problem, @Nullable Throwable cause) {
        super(problem.message(), cause, false, false);
        this.kind = kind;
        this.problem = problem;
    }

    public static RecipeException source(Problem problem, @Nullable Throwable cause) {
        return new RecipeException(Kind.SOURCE, problem, cause);
    }

    public static RecipeException rejected(Problem problem) {
        return new RecipeException(Kind.REJECTED, problem, null);
    }

    public Kind kind() {
        return kind;
    }

    public Problem problem() {
        return problem;
    }
}
