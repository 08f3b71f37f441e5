package io.keyferry.kubernetes.secret;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.content.OneLine;
import io.keyferry.engine.content.Problem;
import io.keyferry.engine.target.Change;
import io.keyferry.engine.target.DataPolicy;
import io.keyferry.engine.target.LockLostException;
import io.keyferry.engine.target.Observed;
import io.keyferry.engine.target.Owner;
import io.keyferry.engine.target.RemovableTarget;
import io.keyferry.engine.target.TargetException;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.kubernetes.api.ObjectNames;
import io.keyferry.kubernetes.api.WriteGate;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A Secret as a target: observed in the index, written with one request. */
final class SecretTarget implements RemovableTarget {
    private static final String WRITER = "?fieldManager=" + Ownership.MANAGER;
    private static final String APPLIER = WRITER + "&force=true";

    private final SecretTargetSpec spec;
    private final ApiClient api;
    private final WriteGate gate;
    private final SecretIndex index;
    private final Fingerprinter fingerprinter;
    private final SecretRequests requests;

    SecretTarget(SecretTargetSpec spec, ApiClient api, WriteGate gate, SecretIndex index, Fingerprinter fingerprinter) {
        this.spec = spec;
        this.api = api;
        this.gate = gate;
        this.index = index;
        this.fingerprinter = fingerprinter;
        this.requests = new SecretRequests(api, spec);
    }

    @Override
    public Optional<Owner> owner() {
        return spec.owner().map(OwnerRef::owner);
    }

    @Override
    public DataPolicy dataPolicy() {
        return spec.dataPolicy();
    }

    @Override
    public Observed observe() {
        return index.get(spec.name())
                .map(state -> state.observed(spec.abandoned()))
                .orElse(Observed.nothing());
    }

    @Override
    public Observed observeFresh() throws TargetException, InterruptedException {
        checkName();
        try {
            index.observed(spec.name(), api.get(spec.name().path(), this::state));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw failure("read", e);
            }
            index.observed(spec.name(), null);
        }
        return observe();
    }

    @Override
    public void apply(Change change) throws TargetException, LockLostException, InterruptedException {
        checkName();
        if (spec.dataPolicy() == DataPolicy.OWN) {
            checkReplaceable(change);
            write("apply", () -> applied(change));
        } else if (change.creates()) {
            write("create", () -> api.post(spec.name().collection() + WRITER, requests.whole(change), this::state));
        } else {
            checkReplaceable(change);
            List<OwnerRef> owners =
                    index.get(spec.name()).map(SecretState::owners).orElse(List.of());
            write("update", () -> update(requests.patch(change, owners)));
        }
    }

    @Override
    public void remove(Change change) throws TargetException, LockLostException, InterruptedException {
        checkName();
        gate.enter(WriteGate.Lane.SECRET);
        try {
            api.delete(spec.name().path(), requests.delete(change));
            index.observed(spec.name(), null);
        } catch (ApiException e) {
            if (e.isConflict() || e.isNotFound()) {
                throw new LockLostException();
            }
            throw failure("delete", e);
        } finally {
            gate.leave(WriteGate.Lane.SECRET);
        }
    }

    private void checkName() throws TargetException {
        if (!ObjectNames.isValid(spec.name().name())) {
            throw new TargetException(
                    new Problem(
                            "TargetNameInvalid",
                            "\"%s\" is no name of a Secret: use lower-case letters, digits, '-' and '.'"
                                    .formatted(OneLine.of(spec.name().name()))),
                    null);
        }
    }

    /** The API server refuses these too, but in words that name neither cause nor remedy. */
    private void checkReplaceable(Change change) throws TargetException {
        if (change.creates()) {
            return;
        }
        String type = change.observed().type();
        if (!type.equals(change.content().type())) {
            throw new TargetException(
                    new Problem(
                            "TargetTypeDiffers",
                            "Secret %s has type %s and %s is wanted; a Secret's type cannot be changed: delete it or choose another target"
                                    .formatted(
                                            spec.name(), type, change.content().type())),
                    null);
        }
        if (change.touches(Change.Section.DATA)
                && index.get(spec.name()).map(SecretState::immutable).orElse(false)) {
            throw new TargetException(
                    new Problem(
                            "TargetImmutable",
                            "Secret %s is immutable: delete it or choose another target".formatted(spec.name())),
                    null);
        }
    }

    /** What others have written as well stays where it is merely applied no more; a second request removes it. */
    private SecretState applied(Change change) throws ApiException, InterruptedException {
        SecretState applied = api.apply(spec.name().path() + APPLIER, requests.whole(change), this::state);
        Optional<ObjectNode> leftovers = requests.leftovers(change, applied);
        return leftovers.isPresent() ? api.patch(spec.name().path() + WRITER, leftovers.get(), this::state) : applied;
    }

    /** One request where patching is allowed; the original operator's roles only allow to get and update. */
    private SecretState update(ObjectNode patch) throws ApiException, InterruptedException {
        try {
            return api.patch(spec.name().path() + WRITER, patch, this::state);
        } catch (ApiException e) {
            if (!e.isForbidden()) {
                throw e;
            }
            ObjectNode whole = api.get(spec.name().path()).deepCopy();
            MergePatch.apply(whole, patch);
            return api.put(spec.name().path() + WRITER, whole, this::state);
        }
    }

    private SecretState state(JsonParser json) throws IOException {
        return SecretParser.answer(json, fingerprinter, index.prefixes());
    }

    private interface Request {
        SecretState send() throws ApiException, InterruptedException;
    }

    private void write(String verb, Request request) throws TargetException, LockLostException, InterruptedException {
        gate.enter(WriteGate.Lane.SECRET);
        SecretState written = null;
        index.writing(spec.name());
        try {
            written = request.send();
        } catch (ApiException e) {
            if (e.isConflict() || (e.isNotFound() && !verb.equals("create"))) {
                throw new LockLostException();
            }
            throw failure(verb, e);
        } finally {
            index.written(spec.name(), written);
            gate.leave(WriteGate.Lane.SECRET);
        }
    }

    private TargetException failure(String verb, ApiException e) {
        String remedy = e.isForbidden() && String.valueOf(e.getMessage()).contains("ownerRef")
                ? "; this API server lets only those give a Secret an owner who may delete it: grant delete on secrets"
                : "";
        return new TargetException(
                new Problem(
                        "TargetFailed",
                        "could not %s Secret %s: %s%s".formatted(verb, spec.name(), e.getMessage(), remedy)),
                e);
    }
}
