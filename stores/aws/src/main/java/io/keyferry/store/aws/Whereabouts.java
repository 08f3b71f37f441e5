package io.keyferry.store.aws;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.regions.Region;

/**
 * Where AWS is, and who the operator is there.
 *
 * @param region empty for what the environment, the files of the AWS command line or the instance tell
 * @param endpoint empty for what they tell, or else for AWS itself
 * @param metadata where an instance asks about itself, empty if it must not
 */
record Whereabouts(
        AwsCredentialsProvider credentials,
        Optional<Region> region,
        Optional<URI> endpoint,
        Optional<InstanceMetadata> metadata) {

    /** All of it from where every AWS program takes it. */
    static Whereabouts ofProcess() {
        boolean disabled =
                SdkSystemSetting.AWS_EC2_METADATA_DISABLED.getBooleanValue().orElse(false);
        Optional<InstanceMetadata> metadata = disabled
                ? Optional.empty()
                : Optional.of(new InstanceMetadata(
                        URI.create(SdkSystemSetting.AWS_EC2_METADATA_SERVICE_ENDPOINT.getStringValueOrThrow())));
        return new Whereabouts(
                DefaultCredentialsProvider.builder().build(), Optional.empty(), Optional.empty(), metadata);
    }

    <B extends AwsClientBuilder<B, ?>> B aim(B client) {
        region.ifPresent(client::region);
        endpoint.ifPresent(client::endpointOverride);
        return client;
    }
}
