package io.keyferry.dialect.vsecmsecret;

import io.keyferry.engine.content.OneLine;
import io.keyferry.kubernetes.api.ObjectNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What an object asks for, in the form that all who ask for the same share. Of fields with one key only the last is left.
 *
 * @param url the Safe's
 * @param target the Secret's name
 */
record Wish(
        String url,
        String target,
        List<Field> data,
        List<Field> labels,
        List<Field> annotations,
        RefreshInterval interval,
        Policies policies) {
    private static final String SECRET = "k8s";

    /** @throws InvalidResourceException if it makes no sense; names the field and the remedy */
    static Wish of(VSecMSecret object, VSecMSecretSettings settings, SafeUrls urls) throws InvalidResourceException {
        VSecMSecretSpec spec = spec(object);
        String type = Objects.requireNonNullElse(spec.secretType(), "");
        if (!type.isEmpty() && !type.equals(SECRET)) {
            throw new InvalidResourceException(Reason.UNSUPPORTED_SECRET_TYPE.problem(
                    "spec.secretType: \"%s\" is not supported: use k8s".formatted(OneLine.of(type))));
        }
        String target = spec.target() == null
                ? ""
                : Objects.requireNonNullElse(spec.target().name(), "");
        if (target.isEmpty()) {
            throw invalid("spec.target.name is empty: name the Secret to write");
        }
        if (!ObjectNames.isValid(target)) {
            throw invalid(
                    "spec.target.name: \"%s\" is no name of a Secret: use lower-case letters, digits, '-' and '.', no more than 253"
                            .formatted(OneLine.of(target)));
        }
        List<Field> data = Field.all("spec.data", spec.data());
        List<Field> labels = Field.all("spec.labels", spec.labels());
        List<Field> annotations = Field.all("spec.annotations", spec.annotations());
        check(Keys.wrongEntry(data).orElse(""));
        check(Keys.wrongMetadata(labels).orElse(""));
        check(Keys.wrongMetadata(annotations).orElse(""));
        return new Wish(
                url(spec, urls),
                target,
                lasts(data),
                lasts(labels),
                lasts(annotations),
                RefreshInterval.parse(spec.refreshInterval(), settings.shortestInterval()),
                Policies.of(object.getMetadata().getAnnotations(), settings));
    }

    /** All that is to be looked up. */
    List<Field> fields() {
        return Stream.of(data, labels, annotations).flatMap(List::stream).toList();
    }

    static VSecMSecretSpec spec(VSecMSecret object) {
        return object.getSpec() == null
                ? new VSecMSecretSpec(null, null, null, null, null, null, null)
                : object.getSpec();
    }

    /** The keys that the object gives more than once. */
    static Set<String> repeated(VSecMSecretSpec spec) {
        Set<String> repeated = new TreeSet<>(Keys.repeated(Field.all("spec.data", spec.data())));
        repeated.addAll(Keys.repeated(Field.all("spec.labels", spec.labels())));
        repeated.addAll(Keys.repeated(Field.all("spec.annotations", spec.annotations())));
        return repeated;
    }

    private static String url(VSecMSecretSpec spec, SafeUrls urls) throws InvalidResourceException {
        String url = Objects.requireNonNullElse(spec.safeUrl(), "");
        if (url.isEmpty()) {
            throw invalid(
                    "spec.vsecmSafeURL is empty: use for example https://vsecm-safe.vsecm-system.svc.cluster.local:8443");
        }
        try {
            return urls.normalize(url);
        } catch (IllegalArgumentException e) {
            throw invalid("spec.vsecmSafeURL: \"%s\": %s".formatted(OneLine.of(withoutUser(url)), e.getMessage()));
        }
    }

    /** Who writes credentials into a URL is not to find them in events. */
    private static String withoutUser(String url) {
        return url.replaceFirst("(?s)^(.*://)?.*@", "$1");
    }

    private static List<Field> lasts(List<Field> fields) {
        Map<String, Field> lasts = new LinkedHashMap<>();
        fields.forEach(field -> lasts.put(field.key(), field));
        return List.copyOf(lasts.values());
    }

    private static void check(String problem) throws InvalidResourceException {
        if (!problem.isEmpty()) {
            throw invalid(problem);
        }
    }

    private static InvalidResourceException invalid(String message) {
        return new InvalidResourceException(Reason.INVALID_RESOURCE.problem(message));
    }
}
