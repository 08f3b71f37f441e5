package io.keyferry.dialect.vsecmsecret;

import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.read.SecretReader;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreAddress;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import java.util.List;
import java.util.Map;

/** Answers the one question that this dialect has. */
final class FakeReader implements SecretReader {
    static final String URL = "https://safe:8443/workload/v1/secrets";

    private final Reading reading;

    private FakeReader(Reading reading) {
        this.reading = reading;
    }

    static FakeReader document(String json) {
        return of("document", "workload", json);
    }

    static FakeReader sole(String json) {
        return of("document", "scout", json);
    }

    static FakeReader catalogue(String json) {
        return of("catalogue", "scout", json);
    }

    static FakeReader nothing() {
        return new FakeReader(new Reading.Absent(Reading.Absent.Cause.MISSING, Map.of("identity", "workload")));
    }

    private static FakeReader of(String mode, String identity, String json) {
        return new FakeReader(new Reading.Found(SecretValue.utf8(json), Map.of("mode", mode, "identity", identity)));
    }

    @Override
    public Reading read(Access access, Reference reference) throws StoreException {
        if (!access.equals(new Access(new StoreAddress("vsecm", URL), new Identity.Ambient()))
                || !reference.equals(Reference.secret(""))) {
            throw new StoreException(
                    new StoreFailure(StoreFailure.Kind.INVALID, StoreFailure.Phase.READ, "asked for something else"));
        }
        return reading;
    }

    @Override
    public List<Reading> readAll(Access access, List<Reference> references) {
        throw new AssertionError("asks for one thing at a time");
    }
}
