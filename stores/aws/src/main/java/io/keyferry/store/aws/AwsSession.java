package io.keyferry.store.aws;

import io.keyferry.engine.store.Attempted;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.engine.store.StoreFailure.Phase;
import io.keyferry.engine.time.TimeSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Speaks to AWS as the identities that it is asked to be. */
final class AwsSession implements AutoCloseable {
    private final Connections connections;
    private final Roles roles;
    private final BatchRights batchRights;
    private final ShrinkGuard shrinking = new ShrinkGuard();

    AwsSession(Connections connections, TimeSource time) {
        this.connections = connections;
        this.batchRights = new BatchRights(time);
        this.roles = new Roles(new RoleBase(surroundings(connections)));
    }

    private static RoleBase.Surroundings surroundings(Connections connections) {
        Optional<InstanceMetadata> metadata = connections.whereabouts().metadata();
        return new RoleBase.Surroundings() {
            @Override
            public Optional<String> instanceProfile() throws InterruptedException {
                return metadata.isPresent() ? metadata.get().profile() : Optional.empty();
            }

            @Override
            public String caller() {
                return connections.sts().getCallerIdentity().arn();
            }
        };
    }

    Reading value(Identity identity, String id) throws StoreException {
        return Values.one(connections.secrets(identity), id);
    }

    /** Who may not read many at once reads them one by one; so are those read of which one makes AWS refuse the call. */
    List<Attempted> values(Identity identity, List<String> ids) throws StoreException {
        SecretsManagerClient client = connections.secrets(identity);
        if (batchRights.areDenied(identity)) {
            return Values.oneByOne(client, ids);
        }
        try {
            return Values.all(client, ids);
        } catch (AwsServiceException e) {
            StoreException whole = AwsFailures.of(e, Phase.READ, "reading %d secrets".formatted(ids.size()));
            if (AwsFailures.isForbidden(e)) {
                batchRights.denied(identity);
            } else if (whole.failure().phase() != Phase.READ || whole.failure().kind() != Kind.INVALID) {
                throw whole;
            }
            return Values.oneByOne(client, ids);
        }
    }

    /** @param searchRole as whom to list, empty for the operator itself */
    Reading.Inventory list(String searchRole) throws StoreException, InterruptedException {
        Identity identity =
                searchRole.isEmpty() ? new Identity.Ambient() : new Identity.Role(roles.resolve(searchRole));
        SecretsManagerClient client = connections.secrets(identity);
        return shrinking.check(Listings.all(client), id -> Listings.one(client, id));
    }

    Reading.Inventory describe(Identity identity, String id) throws StoreException {
        return Listings.one(connections.secrets(identity), id);
    }

    Reading principal(String name) throws StoreException, InterruptedException {
        return roles.principal(name);
    }

    Connections connections() {
        return connections;
    }

    @Override
    public void close() {
        connections.close();
    }
}
