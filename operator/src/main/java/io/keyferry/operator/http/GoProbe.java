package io.keyferry.operator.http;

import io.keyferry.operator.http.Endpoints.Answer;
import io.keyferry.operator.http.Endpoints.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A probe with one check of its own name, answered as controller-runtime's {@code healthz.Handler} answers: the check by
 * itself is below the probe's path, {@code ?verbose} lists it, {@code ?exclude=NAME} leaves it out.
 */
public final class GoProbe implements Endpoints.Pages {
    private static final String TEXT = "text/plain; charset=utf-8";

    /** Looks whether all is well. */
    @FunctionalInterface
    public interface Check {
        /** @return what is wrong */
        Optional<String> problem() throws InterruptedException;
    }

    private final String name;
    private final Check check;

    /** @param name as in the probe's path */
    public GoProbe(String name, Check check) {
        this.name = name;
        this.check = check;
    }

    @Override
    public Answer get(Request request) throws InterruptedException {
        String below = request.path().substring(1 + name.length()).replaceAll("/+", "/");
        if (below.isEmpty() || below.equals("/")) {
            return all(request.query());
        }
        if (!below.equals("/" + name)) {
            return new Answer(404, TEXT, "404 page not found\n");
        }
        Optional<String> problem = check.problem();
        return problem.map(text -> new Answer(500, TEXT, "internal server error: " + text + "\n"))
                .orElseGet(() -> new Answer(200, TEXT, "ok"));
    }

    private Answer all(String query) throws InterruptedException {
        List<String> excluded = values(query, "exclude");
        boolean isExcluded = excluded.contains(name);
        boolean failed = !isExcluded && check.problem().isPresent();
        if (!failed && values(query, "verbose").isEmpty()) {
            return new Answer(200, TEXT, "ok");
        }
        String line = isExcluded
                ? "[+]%s excluded: ok\n".formatted(name)
                : failed ? "[-]%s failed: reason withheld\n".formatted(name) : "[+]%s ok\n".formatted(name);
        String unknown = excluded.stream()
                .filter(other -> !other.equals(name))
                .map(other -> "\"" + other + "\"")
                .collect(Collectors.joining(","));
        String warning = unknown.isEmpty()
                ? ""
                : "warn: some health checks cannot be excluded: no matches for %s\n".formatted(unknown);
        return failed
                ? new Answer(500, TEXT, line + warning + "healthz check failed\n")
                : new Answer(200, TEXT, line + warning + "healthz check passed\n");
    }

    /** A parameter's values; one without a value counts as empty. */
    private static List<String> values(String query, String parameter) {
        return Stream.of(query.split("&", -1))
                .map(part -> part.split("=", 2))
                .filter(part -> part[0].equals(parameter))
                .map(part -> part.length < 2 ? "" : URLDecoder.decode(part[1], StandardCharsets.UTF_8))
                .toList();
    }
}
