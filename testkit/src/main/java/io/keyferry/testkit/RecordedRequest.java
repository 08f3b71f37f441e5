package io.keyferry.testkit;

import java.time.Instant;
import java.util.Set;

/**
 * What a {@link FaultProxy} remembers of a request; neither header values nor bodies, which may be secret.
 *
 * @param target path and query, as sent
 * @param headerNames in lower case
 * @param action the AWS action that it asks for, such as {@code ListSecrets}; empty if it is no AWS request
 * @param time when its head was read
 */
public record RecordedRequest(String method, String target, Set<String> headerNames, String action, Instant time) {
    public RecordedRequest {
        headerNames = Set.copyOf(headerNames);
    }

    /** The target without its query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
