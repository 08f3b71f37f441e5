package io.keyferry.engine.target;

import io.keyferry.engine.content.Problem;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps a target that holds data from being emptied because everything its recipe reads has vanished. */
public final class EmptyingGuard implements Guard {
    private final boolean allowed;
    private final Supplier<Problem> objection;

    /**
     * @param allowed whether the user said that it may happen
     * @param objection what to tell the user, with the remedy
     */
    public EmptyingGuard(boolean allowed, Supplier<Problem> objection) {
        this.allowed = allowed;
        this.objection = objection;
    }

    @Override
    public Optional<Problem> check(Change change) {
        boolean empties =
                change.content().vacant() && !change.observed().data().isEmpty() && change.touches(Change.Section.DATA);
        return empties && !allowed ? Optional.of(objection.get()) : Optional.empty();
    }
}
