package io.keyferry.store.aws;

import io.keyferry.store.aws.SecretEventListener.Heard;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Understands events as EventBridge brings them: those of Secrets Manager itself, which tell that a label was moved to
 * another version, and those of CloudTrail, which tell that a call was made.
 */
final class EventReader {
    /** As long as EventBridge lets an event be. */
    private static final int LONGEST = 256 * 1024;

    private static final String SOURCE = "aws.secretsmanager";
    private static final String CURRENT = "AWSCURRENT";
    private static final Set<String> CALLS_ABOUT_TAGS = Set.of("TagResource", "UntagResource");
    private static final Set<String> CALLS_ABOUT_VALUES = Set.of(
            "CreateSecret",
            "DeleteSecret",
            "PutSecretValue",
            "RestoreSecret",
            "RotateSecret",
            "UpdateSecret",
            "UpdateSecretVersionStage");

    private EventReader() {}

    /**
     * An event.
     *
     * @param id tells it from all others, empty if it has none
     * @param change what it tells of, if it is one
     */
    record Event(Heard heard, String id, Optional<SecretChange> change) {
        private static Event without(Heard heard) {
            return new Event(heard, "", Optional.empty());
        }
    }

    static Event read(String body) {
        if (body.length() > LONGEST) {
            return Event.without(Heard.MALFORMED);
        }
        try {
            return understand(EventFields.read(body));
        } catch (IOException e) {
            return Event.without(Heard.MALFORMED);
        }
    }

    private static Event understand(EventFields fields) {
        if (!fields.text("source").equals(Optional.of(SOURCE))) {
            return Event.without(Heard.FOREIGN);
        }
        Optional<String> call = fields.text("detail.eventName");
        return call.isPresent() ? ofCall(fields, call.get()) : ofLabel(fields);
    }

    private static Event ofCall(EventFields fields, String call) {
        boolean ofValue = CALLS_ABOUT_VALUES.contains(call);
        if ((!ofValue && !CALLS_ABOUT_TAGS.contains(call))
                || fields.text("detail.errorCode").isPresent()) {
            return Event.without(Heard.NOTHING);
        }
        return of(
                fields,
                Stream.of(
                                "detail.requestParameters.secretId",
                                "detail.requestParameters.name",
                                "detail.responseElements.arn",
                                "detail.responseElements.aRN",
                                "detail.responseElements.ARN",
                                "detail.responseElements.name")
                        .flatMap(path -> fields.text(path).stream()),
                ofValue);
    }

    private static Event ofLabel(EventFields fields) {
        if (!fields.text("detail.labelUpdated").orElse(CURRENT).equals(CURRENT)) {
            return Event.without(Heard.NOTHING);
        }
        return of(fields, Stream.concat(fields.resources().stream(), fields.text("detail.name").stream()), true);
    }

    private static Event of(EventFields fields, Stream<String> told, boolean ofValue) {
        Set<String> ids = new LinkedHashSet<>(told.filter(id -> !id.isEmpty()).toList());
        return ids.isEmpty()
                ? Event.without(Heard.MALFORMED)
                : new Event(Heard.CHANGE, fields.text("id").orElse(""), Optional.of(new SecretChange(ids, ofValue)));
    }
}
