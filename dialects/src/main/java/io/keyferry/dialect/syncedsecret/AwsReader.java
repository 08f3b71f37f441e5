package io.keyferry.dialect.syncedsecret;

import io.keyferry.engine.RecipeException;
import io.keyferry.engine.read.SecretReader;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreAddress;
import io.keyferry.engine.store.StoreException;
import java.util.List;

/** Asks the AWS store, and tells failures in this dialect's words. */
final class AwsReader {
    private static final StoreAddress AWS = new StoreAddress("aws", "");

    private final SecretReader reader;

    AwsReader(SecretReader reader) {
        this.reader = reader;
    }

    /** The ARN of a role that is named in short or in full. */
    String role(String name) throws RecipeException, InterruptedException {
        try {
            Reading reading = reader.read(operator(), Reference.principal(name));
            return String.valueOf(reading.attributes().get("arn"));
        } catch (StoreException e) {
            throw Reason.ROLE_INVALID.failure("role " + e.failure().message());
        }
    }

    /** All secrets that the operator may list. */
    Reading.Inventory listing() throws RecipeException, InterruptedException {
        return inventory(operator(), "");
    }

    /** One secret without its value, as the one who asks sees it; empty if there is none. */
    Reading.Inventory description(Identity identity, String id) throws RecipeException, InterruptedException {
        return inventory(new Access(AWS, identity), id);
    }

    private Reading.Inventory inventory(Access access, String place) throws RecipeException, InterruptedException {
        try {
            return reader.read(access, Reference.listing(place)) instanceof Reading.Inventory inventory
                    ? inventory
                    : empty();
        } catch (StoreException e) {
            throw Reason.READ_FAILED.failure(e);
        }
    }

    private static Reading.Inventory empty() {
        return new Reading.Inventory(java.util.Map.of(), java.util.Map.of());
    }

    /** Values, in the order of {@code ids}, so that those which are not known yet are fetched together. */
    List<Reading> secrets(Identity identity, List<String> ids) throws RecipeException, InterruptedException {
        try {
            return reader.readAll(
                    new Access(AWS, identity),
                    ids.stream().map(Reference::secret).toList());
        } catch (StoreException e) {
            throw Reason.READ_FAILED.failure(e);
        }
    }

    private static Access operator() {
        return new Access(AWS, new Identity.Ambient());
    }
}
