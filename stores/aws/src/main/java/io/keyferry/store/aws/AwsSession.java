package io.keyferry.store.aws;

import io.keyferry.engine.store.Attempted;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.time.TimeSource;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;

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
        boolean disabled =
                SdkSystemSetting.AWS_EC2_METADATA_DISABLED.getBooleanValue().orElse(false);
        InstanceMetadata metadata = new InstanceMetadata(
                URI.create(SdkSystemSetting.AWS_EC2_METADATA_SERVICE_ENDPOINT.getStringValueOrThrow()));
        return new RoleBase.Surroundings() {
            @Override
            public Optional<String> instanceProfile() throws InterruptedException {
                return disabled ? Optional.empty() : metadata.profile();
            }

            @Override
            public String caller() {
                try (StsClient sts = connections.sts()) {
                    return sts.getCallerIdentity().arn();
                }
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
            switch (Values.failure(e, ids.size()).kind()) {
                case DENIED -> batchRights.denied(identity);
                case INVALID -> {}
                case THROTTLED, UNAVAILABLE -> throw new StoreException(Values.failure(e, ids.size()));
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
