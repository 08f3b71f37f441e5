package io.keyferry.store.vault;

import java.util.Map;
import java.util.Optional;

/**
 * One HTTP response, whatever its status.
 *
 * @param headers by lower-case name
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(Call call, int status, Map<String, String> headers, byte[] body) {
    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    boolean isNotFound() {
        return status == 404;
    }

    Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    @Override
    public String toString() {
        return status + " to " + call;
    }
}
