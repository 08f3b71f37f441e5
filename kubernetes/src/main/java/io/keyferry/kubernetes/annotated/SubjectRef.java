package io.keyferry.kubernetes.annotated;

/** Which object. */
public record SubjectRef(SubjectKind kind, String namespace, String name) {
    String path() {
        return kind.path(namespace, name);
    }

    @Override
    public String toString() {
        return kind.kind() + " " + namespace + "/" + name;
    }
}
