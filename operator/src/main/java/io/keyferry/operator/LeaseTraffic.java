package io.keyferry.operator;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sees in what is sent to the API server how long the leases last, and lets no other write pass after that. */
final class LeaseTraffic implements Interceptor {
    private static final String GROUP = "/apis/coordination.k8s.io/";
    private static final String LEASES = "/leases/";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Tenure tenure;

    LeaseTraffic(Tenure tenure) {
        this.tenure = tenure;
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (READING.contains(request.method())) {
            return;
        }
        if (request.uri().getPath().startsWith(GROUP)) {
            lease(request.uri()).ifPresent(tenure::attempting);
        } else {
            tenure.check();
        }
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (!READING.contains(request.method()) && response.isSuccessful()) {
            lease(request.uri()).ifPresent(tenure::succeeded);
        }
    }

    /** The lease that a request is about; empty if it is about none, or creates one. */
    private static Optional<String> lease(URI uri) {
        String path = uri.getPath();
        int at = path.lastIndexOf(LEASES);
        return path.startsWith(GROUP) && at > 0 ? Optional.of(path.substring(at + LEASES.length())) : Optional.empty();
    }
}
