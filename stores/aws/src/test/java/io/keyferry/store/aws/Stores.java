package io.keyferry.store.aws;

import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.testkit.Aws;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

/** Stores that speak to a part, and what tests ask them. */
final class Stores {
    static final String ELSEWHERE = "210987654321";

    private static final AwsCredentialsProvider KEYS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
    private static final Patience SHORT =
            new Patience(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(3), 1);

    private Stores() {}

    static AwsStore of(Aws aws) {
        return of(aws, "", new ManualTime());
    }

    static AwsStore of(Aws aws, String searchRole, ManualTime time) {
        return of(new AwsConfig(searchRole, Optional.empty()), time, whereabouts(aws.address(), KEYS), patient());
    }

    /** One that takes a failure for an answer at once. */
    static AwsStore hasty(Aws aws) {
        return of(new AwsConfig("", Optional.empty()), new ManualTime(), whereabouts(aws.address(), KEYS), SHORT);
    }

    static AwsStore listening(Aws aws, String queue) {
        return of(new AwsConfig("", Optional.of(queue)), new ManualTime(), whereabouts(aws.address(), KEYS), patient());
    }

    static AwsStore withoutCredentials(Aws aws) {
        AwsCredentialsProvider none = () -> {
            throw SdkClientException.create("Unable to load credentials from any of the providers in the chain");
        };
        return of(new AwsConfig("", Optional.empty()), new ManualTime(), whereabouts(aws.address(), none), SHORT);
    }

    static AwsStore onInstance(Aws aws, URI metadata) {
        Whereabouts here = new Whereabouts(
                KEYS,
                Optional.of(Region.of(Aws.REGION)),
                Optional.of(aws.address()),
                Optional.of(new InstanceMetadata(metadata)));
        return of(new AwsConfig("", Optional.empty()), new ManualTime(), here, patient());
    }

    static Connections connections(Aws aws) {
        return new Connections(whereabouts(aws.address(), KEYS), patient(), new ManualTime());
    }

    private static Patience patient() {
        return Patience.standard();
    }

    private static Whereabouts whereabouts(URI endpoint, AwsCredentialsProvider credentials) {
        return new Whereabouts(
                credentials, Optional.of(Region.of(Aws.REGION)), Optional.of(endpoint), Optional.empty());
    }

    private static AwsStore of(AwsConfig config, ManualTime time, Whereabouts whereabouts, Patience patience) {
        return new AwsStore(config, time, () -> new Connections(whereabouts, patience, time));
    }

    static Access as(String roleArn) {
        return new Access(AwsStore.OPERATOR.store(), new Identity.Role(roleArn));
    }

    static String role(String account, String name) {
        return "arn:aws:iam::%s:role/%s".formatted(account, name);
    }

    static Reading.Inventory list(AwsStore store) throws StoreException, InterruptedException {
        return (Reading.Inventory) store.read(AwsStore.OPERATOR, Reference.listing(""));
    }

    static Reading.Inventory.Item item(Reading.Inventory inventory, String name) {
        return Objects.requireNonNull(inventory.items().get(name), name);
    }

    static Reading secret(AwsStore store, String id) throws StoreException, InterruptedException {
        return store.read(AwsStore.OPERATOR, Reference.secret(id));
    }

    static String text(Reading reading) {
        return ((Reading.Found) reading).value().utf8();
    }

    static List<Reference> references(List<String> ids) {
        return ids.stream().map(Reference::secret).toList();
    }

    /** The failure that {@code attempt} ends with. */
    static StoreFailure failure(Attempt attempt) {
        try {
            Object got = attempt.run();
            throw new AssertionError("no failure but " + got.getClass());
        } catch (StoreException e) {
            return e.failure();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Something that a store is asked for. */
    interface Attempt {
        Object run() throws StoreException, InterruptedException;
    }
}
