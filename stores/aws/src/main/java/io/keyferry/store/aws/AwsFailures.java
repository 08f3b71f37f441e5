package io.keyferry.store.aws;

import io.keyferry.engine.content.OneLine;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.engine.store.StoreFailure.Phase;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.StsException;

/** What the engine should make of AWS's errors, and words for the user. */
final class AwsFailures {
    private static final Set<String> DENIED = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "ExpiredToken",
            "ExpiredTokenException",
            "IncompleteSignature",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "NotAuthorized",
            "OptInRequired",
            "UnauthorizedOperation",
            "UnrecognizedClientException");

    private static final Set<String> THROTTLED = Set.of(
            "LimitExceededException",
            "ProvisionedThroughputExceededException",
            "RequestLimitExceeded",
            "SlowDown",
            "Throttling",
            "ThrottlingException",
            "TooManyRequestsException");

    private AwsFailures() {}

    /** @param doing what was being done, for example {@code reading secret db} */
    static StoreException of(SdkException e, Phase phase, String doing) {
        if (!(e instanceof AwsServiceException service)) {
            return new StoreException(
                    new StoreFailure(Kind.UNAVAILABLE, phase, "%s: %s".formatted(doing, remedy(e.getMessage()))));
        }
        Phase where = e instanceof StsException ? Phase.AUTHENTICATE : phase;
        return new StoreException(
                new StoreFailure(kind(service), where, "%s: %s".formatted(doing, words(service)), retryAfter(service)));
    }

    /** Of what was not found the SDK lists all places where it looked, which is too long to read. */
    private static String remedy(@Nullable String message) {
        String line = firstLine(message);
        if (line.startsWith("Unable to load credentials")) {
            return "no AWS credentials: give the operator's ServiceAccount a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
        }
        return line.startsWith("Unable to load region") ? "no AWS region: set AWS_REGION" : line;
    }

    static StoreException invalid(Phase phase, String message) {
        return new StoreException(new StoreFailure(Kind.INVALID, phase, message));
    }

    /** One entry of a batch's errors. */
    static StoreFailure of(String code, String message, String doing) {
        return new StoreFailure(kind(code, 400), Phase.READ, "%s: %s: %s".formatted(doing, code, firstLine(message)));
    }

    /** Whether the identity is in order but may not do this. */
    static boolean isForbidden(AwsServiceException e) {
        return !(e instanceof StsException) && code(e).startsWith("AccessDenied");
    }

    private static Kind kind(AwsServiceException e) {
        if (e.isThrottlingException()) {
            return Kind.THROTTLED;
        }
        return kind(code(e), e.statusCode());
    }

    private static Kind kind(String code, int status) {
        if (THROTTLED.contains(code) || status == 429) {
            return Kind.THROTTLED;
        }
        if (DENIED.contains(code) || status == 401 || status == 403) {
            return Kind.DENIED;
        }
        return status >= 500 || code.equals("InternalServiceError") ? Kind.UNAVAILABLE : Kind.INVALID;
    }

    private static String code(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private static String words(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        if (details == null || details.errorCode() == null) {
            return "status %d".formatted(e.statusCode());
        }
        return "%s: %s".formatted(details.errorCode(), firstLine(details.errorMessage()));
    }

    private static Optional<Duration> retryAfter(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        if (details == null || details.sdkHttpResponse() == null) {
            return Optional.empty();
        }
        return details.sdkHttpResponse()
                .firstMatchingHeader("Retry-After")
                .filter(seconds -> seconds.matches("[0-9]{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    private static String firstLine(@Nullable String text) {
        return text == null
                ? "no reason given"
                : text.lines().findFirst().map(OneLine::of).orElse("no reason given");
    }
}
