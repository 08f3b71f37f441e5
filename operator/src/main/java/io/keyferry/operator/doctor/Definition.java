package io.keyferry.operator.doctor;

/**
 * A kind of custom resource that a dialect works on.
 *
 * @param version the version that the dialect speaks
 * @param file where the project has the definition
 */
public record Definition(String dialect, String group, String version, String plural, String file) {
    /** Its resources' path in a namespace, or everywhere if that is empty. */
    String path(String namespace) {
        String within = namespace.isEmpty() ? "" : "/namespaces/" + namespace;
        return "/apis/%s/%s%s/%s".formatted(group, version, within, plural);
    }

    String crd() {
        return plural + "." + group;
    }
}
