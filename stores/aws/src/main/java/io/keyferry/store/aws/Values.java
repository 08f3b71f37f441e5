package io.keyferry.store.aws;

import io.keyferry.engine.content.OneLine;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.store.Attempted;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reading.Absent.Cause;
import io.keyferry.engine.store.Revision;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.store.StoreFailure.Phase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;

/** Asks for the current values of secrets, one by one or up to twenty in a call. */
final class Values {
    /** AWS allows 65,536 bytes; more than a Kubernetes Secret can hold is not even looked at. */
    private static final int LONGEST = 1 << 20;

    private Values() {}

    static Reading one(SecretsManagerClient client, String id) throws StoreException {
        try {
            GetSecretValueResponse answer =
                    client.getSecretValue(request -> request.secretId(id).versionStage("AWSCURRENT"));
            return found(id, answer.secretString(), answer.arn(), answer.versionId());
        } catch (ResourceNotFoundException e) {
            return absent(Cause.MISSING);
        } catch (InvalidRequestException e) {
            if (isBeingDeleted(e)) {
                return absent(Cause.EMPTY);
            }
            throw AwsFailures.of(e, Phase.READ, doing(id));
        } catch (SdkException e) {
            throw AwsFailures.of(e, Phase.READ, doing(id));
        }
    }

    /**
     * One result for each of {@code ids}, in their order.
     *
     * @throws AwsServiceException if AWS refuses the call as a whole
     */
    static List<Attempted> all(SecretsManagerClient client, List<String> ids) throws StoreException {
        List<SecretValueEntry> values = new ArrayList<>();
        Map<String, APIErrorType> errors = new HashMap<>();
        String next = null;
        int pages = 0;
        try {
            do {
                if (pages++ == ids.size()) {
                    throw AwsFailures.invalid(
                            Phase.READ, "reading %d secrets: the answer does not end".formatted(pages));
                }
                BatchGetSecretValueResponse page = client.batchGetSecretValue(BatchGetSecretValueRequest.builder()
                        .secretIdList(ids)
                        .nextToken(next)
                        .build());
                values.addAll(page.secretValues());
                page.errors().forEach(error -> errors.put(error.secretId(), error));
                next = page.nextToken();
            } while (next != null && !next.isEmpty());
        } catch (AwsServiceException e) {
            throw e;
        } catch (SdkException e) {
            throw AwsFailures.of(e, Phase.READ, "reading %d secrets".formatted(ids.size()));
        }
        List<Attempted> results = new ArrayList<>(ids.size());
        for (String id : ids) {
            results.add(result(client, id, valueOf(id, values), errors.get(id)));
        }
        return results;
    }

    /** Of a name that several secrets have, as they may in several accounts, the batch tells nothing. */
    private static @Nullable SecretValueEntry valueOf(String id, List<SecretValueEntry> values) {
        List<SecretValueEntry> meant = values.stream()
                .filter(value -> id.equals(id.startsWith("arn:") ? value.arn() : value.name()))
                .toList();
        return meant.size() == 1 ? meant.getFirst() : null;
    }

    /** What the batch says nothing of, as it may of a name that is written in another way, is asked for by itself. */
    private static Attempted result(
            SecretsManagerClient client, String id, @Nullable SecretValueEntry value, @Nullable APIErrorType error) {
        try {
            if (value != null) {
                return new Attempted.Answered(found(id, value.secretString(), value.arn(), value.versionId()));
            }
            if (error == null) {
                return new Attempted.Answered(one(client, id));
            }
            return refused(id, error);
        } catch (StoreException e) {
            return new Attempted.Refused(e.failure());
        }
    }

    private static Attempted refused(String id, APIErrorType error) {
        String code = String.valueOf(error.errorCode());
        String message = String.valueOf(error.message());
        if (code.startsWith("ResourceNotFound")) {
            return new Attempted.Answered(absent(Cause.MISSING));
        }
        if (code.startsWith("InvalidRequest") && tellsOfDeletion(message)) {
            return new Attempted.Answered(absent(Cause.EMPTY));
        }
        return new Attempted.Refused(AwsFailures.of(code, message, doing(id)));
    }

    private static Reading found(String id, @Nullable String text, @Nullable String arn, @Nullable String version)
            throws StoreException {
        if (arn == null || version == null) {
            throw AwsFailures.invalid(Phase.READ, doing(id) + ": the answer tells no ARN or no version");
        }
        if (text == null) {
            throw AwsFailures.invalid(
                    Phase.READ,
                    "secret %s holds bytes and no text: store it as SecretString, bytes in base64"
                            .formatted(OneLine.of(id)));
        }
        if (text.length() > LONGEST) {
            throw AwsFailures.invalid(
                    Phase.READ,
                    "secret %s has %d characters, which is more than a Kubernetes Secret can hold"
                            .formatted(OneLine.of(id), text.length()));
        }
        return new Reading.Found(SecretValue.utf8(text), Map.of(), Optional.of(new Revision(arn, version)));
    }

    private static boolean isBeingDeleted(InvalidRequestException e) {
        return e.awsErrorDetails() != null
                && tellsOfDeletion(String.valueOf(e.awsErrorDetails().errorMessage()));
    }

    /** There is no code for it. */
    private static boolean tellsOfDeletion(String message) {
        return message.contains("marked for deletion") || message.contains("marked deleted");
    }

    private static Reading absent(Cause cause) {
        return new Reading.Absent(cause, Map.of());
    }

    private static String doing(String id) {
        return "reading secret " + OneLine.of(id);
    }

    /** As {@link #all}, with a call for each. When AWS cannot answer now, the others are not asked for. */
    static List<Attempted> oneByOne(SecretsManagerClient client, List<String> ids) {
        List<Attempted> results = new ArrayList<>(ids.size());
        for (String id : ids) {
            results.add(alone(client, id));
            if (results.getLast() instanceof Attempted.Refused(StoreFailure failure) && isOfAll(failure)) {
                StoreFailure others = new StoreFailure(
                        failure.kind(),
                        failure.phase(),
                        "reading secrets: AWS did not answer another of these reads; this one was not tried",
                        failure.retryAfter());
                results.addAll(Collections.nCopies(ids.size() - results.size(), new Attempted.Refused(others)));
                return results;
            }
        }
        return results;
    }

    private static Attempted alone(SecretsManagerClient client, String id) {
        try {
            return new Attempted.Answered(one(client, id));
        } catch (StoreException e) {
            return new Attempted.Refused(e.failure());
        }
    }

    private static boolean isOfAll(StoreFailure failure) {
        return switch (failure.kind()) {
            case UNAVAILABLE, THROTTLED -> true;
            case DENIED, INVALID -> failure.phase() == Phase.AUTHENTICATE;
        };
    }
}
