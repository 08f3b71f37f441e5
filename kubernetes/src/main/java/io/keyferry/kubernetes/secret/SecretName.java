package io.keyferry.kubernetes.secret;

/** A Secret's place. */
public record SecretName(String namespace, String name) {
    String path() {
        return collection() + "/" + name;
    }

    String collection() {
        return "/api/v1/namespaces/" + namespace + "/secrets";
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
