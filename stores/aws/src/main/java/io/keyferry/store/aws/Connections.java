package io.keyferry.store.aws;

import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
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
 * HTTP client and one thread that watches the time. Sessions of roles last 15 minutes and are renewed when they are used
 * near their end.
 */
final class Connections implements AutoCloseable {
    private static final Duration SESSION = Duration.ofMinutes(15);

    /** Roles are named by tenants: the least recently used goes when there are more. */
    private static final int MOST_ROLES = 2_000;

    private final Whereabouts whereabouts;
    private final Patience patience;
    private final TimeSource time;
    private final SdkHttpClient http;

    /** Left to themselves, clients have five threads each for this. */
    private final ScheduledExecutorService timeouts = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("aws-timeouts").daemon().factory());

    private @Nullable StsClient sts;
    private final Map<Identity, SecretsManagerClient> secrets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Identity, SecretsManagerClient> eldest) {
            return size() > MOST_ROLES;
        }
    };

    Connections(Whereabouts whereabouts, Patience patience, TimeSource time) {
        this.whereabouts = whereabouts;
        this.patience = patience;
        this.time = time;
        this.http = UrlConnectionHttpClient.builder()
                .connectionTimeout(patience.connect())
                .socketTimeout(patience.answer())
                .build();
    }

    Whereabouts whereabouts() {
        return whereabouts;
    }

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
        try {
            return build(
                    SecretsManagerClient.builder(),
                    switch (identity) {
                        case Identity.Ambient _ -> whereabouts.credentials();
                        case Identity.Role role -> session(role.name());
                        case Identity.Token _, Identity.ServiceAccount _ ->
                            throw AwsFailures.invalid(
                                    StoreFailure.Phase.AUTHENTICATE,
                                    "AWS is spoken to as a role or as the operator itself");
                    });
        } catch (SdkException e) {
            throw AwsFailures.of(e, StoreFailure.Phase.AUTHENTICATE, "finding out the AWS region");
        }
    }

    private AwsCredentialsProvider session(String role) {
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts())
                .refreshRequest(request -> request.roleArn(role)
                        .roleSessionName(sessionName(time.now()))
                        .durationSeconds((int) SESSION.toSeconds()))
                .asyncCredentialUpdateEnabled(false)
                .build();
    }

    private static String sessionName(Instant now) {
        return "%d%09d".formatted(now.getEpochSecond(), now.getNano());
    }

    /** STS as the operator itself. */
    synchronized StsClient sts() {
        StsClient known = sts;
        if (known == null) {
            known = build(StsClient.builder(), whereabouts.credentials());
            sts = known;
        }
        return known;
    }

    /** A new client of SQS as the operator itself. */
    SqsClient queues() {
        return build(SqsClient.builder(), whereabouts.credentials());
    }

    private <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C build(
            B client, AwsCredentialsProvider credentials) {
        return whereabouts
                .aim(client)
                .httpClient(http)
                .credentialsProvider(credentials)
                .overrideConfiguration(overrides())
                .build();
    }

    private ClientOverrideConfiguration overrides() {
        return ClientOverrideConfiguration.builder()
                .apiCallTimeout(patience.call())
                .scheduledExecutorService(timeouts)
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(patience.tries())
                        .build())
                .build();
    }

    @Override
    public void close() {
        http.close();
        timeouts.shutdownNow();
    }
}
