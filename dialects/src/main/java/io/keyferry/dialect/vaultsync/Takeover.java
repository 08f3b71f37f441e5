package io.keyferry.dialect.vaultsync;

import io.keyferry.engine.content.Problem;
import io.keyferry.engine.target.Change;
import io.keyferry.engine.target.Change.Section;
import io.keyferry.engine.target.Owner;
import java.util.Optional;

/** That a path which held something else, or was another object's, is this object's from now on. */
final class Takeover {
    private Takeover() {}

    /** Whether the two are lives of one object. */
    private static boolean isSame(Owner one, Owner other) {
        return one.group().equals(other.group())
                && one.kind().equals(other.kind())
                && one.name().equals(other.name());
    }

    static Optional<Problem> of(Change change, Owner mine, String path) {
        if (change.creates() || !change.touches(Section.OWNER)) {
            return Optional.empty();
        }
        Optional<Owner> before = change.observed().owner();
        if (before.isEmpty() ? !change.touches(Section.DATA) : isSame(before.get(), mine)) {
            return Optional.empty();
        }
        return Optional.of(Reason.TOOK_OVER.problem(
                before.map(owner -> "took over vault path %s from %s".formatted(path, Ownership.text(owner)))
                        .orElse("overwrote vault path %s, which held other data and nobody's mark".formatted(path))));
    }
}
