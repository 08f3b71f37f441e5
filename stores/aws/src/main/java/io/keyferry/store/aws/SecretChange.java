package io.keyferry.store.aws;

import io.keyferry.engine.store.Reference;
import java.util.List;
import java.util.Set;

/** Something happened to a secret: to its versions, its tags or its existence, all of which the listing tells, too. */
public final class SecretChange {
    private final Set<String> ids;
    private final List<SecretId> parsed;
    private final boolean ofValue;

    /**
     * @param ids names and ARNs of the secret, as the event tells them
     * @param ofValue whether the value may be another
     */
    SecretChange(Set<String> ids, boolean ofValue) {
        this.ids = Set.copyOf(ids);
        this.parsed = this.ids.stream().map(SecretId::parse).toList();
        this.ofValue = ofValue;
    }

    /** Names and ARNs of the secret. */
    public Set<String> ids() {
        return ids;
    }

    /** Whether what is read by {@code reference} may be another now; of the listing of everything this says nothing. */
    public boolean concerns(Reference reference) {
        return switch (reference.kind()) {
            case SECRET -> ofValue && mayBe(reference.path());
            case LISTING -> !reference.path().isEmpty() && mayBe(reference.path());
            case PRINCIPAL -> false;
        };
    }

    private boolean mayBe(String path) {
        SecretId id = SecretId.parse(path);
        return parsed.stream().anyMatch(id::mayBe);
    }

    @Override
    public String toString() {
        return "SecretChange" + ids;
    }
}
