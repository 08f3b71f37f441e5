package io.keyferry.store.aws;

import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * The clients of AWS's services, made when they are first needed: one of Secrets Manager for each identity, all over one
 * HTTP client. Sessions of roles last 15 minutes and are renewed when they are used near their end.
 */
final class Connections implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration CALL = Duration.ofSeconds(60);
    private static final Duration SESSION = Duration.ofMinutes(15);
    private static final int TRIES = 3;

    /** Roles are named by tenants: the least recently used goes when there are more. */
    private static final int MOST_ROLES = 2_000;

    private final SdkHttpClient http = UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT)
            .socketTimeout(ANSWER)
            .build();
    private final AwsCredentialsProvider own =
            DefaultCredentialsProvider.builder().build();
    private final Map<Identity, SecretsManagerClient> secrets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Identity, SecretsManagerClient> eldest) {
            return size() > MOST_ROLES;
        }
    };

    /** Secrets Manager as {@code identity}. */
    synchronized SecretsManagerClient secrets(Identity identity) throws StoreException {
        SecretsManagerClient known = secrets.get(identity);
        if (known == null) {
            known = newClient(identity);
            secrets.put(identity, known);
        }
        return known;
    }

    private SecretsManagerClient newClient(Identity identity) throws StoreException {
        AwsCredentialsProvider credentials = switch (identity) {
            case Identity.Ambient _ -> own;
            case Identity.Role role -> session(role.name());
            case Identity.Token _, Identity.ServiceAccount _ ->
                throw AwsFailures.invalid(
                        StoreFailure.Phase.AUTHENTICATE, "AWS is spoken to as a role or as the operator itself");
        };
        try {
            return SecretsManagerClient.builder()
                    .httpClient(http)
                    .credentialsProvider(credentials)
                    .overrideConfiguration(overrides())
                    .build();
        } catch (SdkException e) {
            throw AwsFailures.of(e, StoreFailure.Phase.AUTHENTICATE, "finding out the AWS region");
        }
    }

    private AwsCredentialsProvider session(String role) {
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts())
                .refreshRequest(request -> request.roleArn(role)
                        .roleSessionName(Long.toString(System.nanoTime()))
                        .durationSeconds((int) SESSION.toSeconds()))
                .asyncCredentialUpdateEnabled(false)
                .build();
    }

    StsClient sts() {
        return StsClient.builder()
                .httpClient(http)
                .credentialsProvider(own)
                .overrideConfiguration(overrides())
                .build();
    }

    SqsClient queues() {
        return SqsClient.builder()
                .httpClient(http)
                .credentialsProvider(own)
                .overrideConfiguration(overrides())
                .build();
    }

    private static ClientOverrideConfiguration overrides() {
        return ClientOverrideConfiguration.builder()
                .apiCallTimeout(CALL)
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(TRIES)
                        .build())
                .build();
    }

    @Override
    public void close() {
        http.close();
    }
}
