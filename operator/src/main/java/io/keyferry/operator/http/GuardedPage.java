package io.keyferry.operator.http;

import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.kubernetes.token.AccessReviews;
import io.keyferry.kubernetes.token.AccessReviews.Verdict;
import io.keyferry.operator.http.Endpoints.Answer;
import io.keyferry.operator.http.Endpoints.Page;
import io.keyferry.operator.http.Endpoints.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Shows a page to those who may get its path, as controller-runtime's metrics server does with authentication and
 * authorization. A token that the API server refuses is answered with 401, where the original answers 500.
 */
public final class GuardedPage implements Endpoints.Pages {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    private static final int MOST = 256;

    private record Known(Verdict verdict, long nanos) {}

    private final String path;
    private final Page page;
    private final Supplier<Optional<AccessReviews>> reviews;
    private final TimeSource time;
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST;
        }
    };

    /** @param reviews who is asked; empty while there is nobody yet */
    public GuardedPage(String path, Page page, Supplier<Optional<AccessReviews>> reviews, TimeSource time) {
        this.path = path;
        this.page = page;
        this.reviews = reviews;
        this.time = time;
    }

    @Override
    public Answer get(Request request) throws IOException, InterruptedException {
        if (!request.path().equals(path)) {
            return new Answer(404, TEXT, "404 page not found\n");
        }
        if (request.bearer().isEmpty()) {
            return new Answer(401, TEXT, "Unauthorized\n");
        }
        Optional<AccessReviews> reviewer = reviews.get();
        if (reviewer.isEmpty()) {
            return failed();
        }
        try {
            return switch (verdict(reviewer.get(), request.bearer().get())) {
                case Verdict.Allowed _ -> page.get();
                case Verdict.Unknown _ -> new Answer(401, TEXT, "Unauthorized\n");
                case Verdict.Denied denied ->
                    new Answer(403, TEXT, "Authorization denied for user %s\n".formatted(denied.user()));
            };
        } catch (ApiException e) {
            return failed();
        }
    }

    private static Answer failed() {
        return new Answer(500, TEXT, "Authentication failed\n");
    }

    /** Who scrapes comes again; the API server need not be asked each time. */
    private Verdict verdict(AccessReviews reviewer, String token) throws ApiException, InterruptedException {
        long now = time.nanos();
        synchronized (known) {
            Known before = known.get(token);
            if (before != null && now - before.nanos() < REMEMBERED.toNanos()) {
                return before.verdict();
            }
        }
        Verdict verdict = reviewer.review(token, "get", path);
        synchronized (known) {
            known.put(token, new Known(verdict, now));
        }
        return verdict;
    }
}
