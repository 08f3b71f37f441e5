package io.keyferry.acceptance.vaultsync;

import io.keyferry.testkit.RecordedRequest;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** A step of a write or a removal at which an operator can die. */
enum FaultPoint {
    /** What is about to be written is noted on the object. */
    BEFORE_THE_READ("GET", "/data/", false),
    AFTER_THE_READ("GET", "/data/", true),
    BEFORE_THE_WRITE("PUT", "/data/", false),
    AFTER_THE_WRITE("PUT", "/data/", true),
    BEFORE_THE_MARK("POST", "/metadata/", false),
    AFTER_THE_MARK("POST", "/metadata/", true),
    BEFORE_THE_BOOKKEEPING("GET", "/data/", true) {
        // The last question to Vault about a path is whether the mark stands.
        @Override
        Predicate<RecordedRequest> requests(String mount) {
            Predicate<RecordedRequest> reads = super.requests(mount);
            Predicate<RecordedRequest> marks = AFTER_THE_MARK.requests(mount);
            Set<String> marked = new HashSet<>();
            return request -> {
                if (marks.test(request)) {
                    marked.add(request.path().replace("/metadata/", "/data/"));
                }
                return reads.test(request) && marked.contains(request.path());
            };
        }
    },
    BEFORE_THE_REMOVAL("POST", "/delete/", false),
    AFTER_THE_REMOVAL("POST", "/delete/", true);

    private final String method;
    private final String folder;
    private final boolean done;

    FaultPoint(String method, String folder, boolean done) {
        this.method = method;
        this.folder = folder;
        this.done = done;
    }

    Predicate<RecordedRequest> requests(String mount) {
        return request -> request.method().equals(method) && request.path().startsWith("/v1/" + mount + folder);
    }

    boolean isOfRemovals() {
        return folder.equals("/delete/");
    }

    /** Whether Vault has done what was asked when the operator dies. */
    boolean isDone() {
        return done;
    }
}
