package io.keyferry.kubernetes.annotated;

/**
 * A Secret that a pod names.
 *
 * @param secret its name
 * @param where where in the pod it is named
 * @param optional whether the pod starts without it
 */
public record SecretUse(String secret, Where where, boolean optional) {
    /** Places in a pod where a Secret can be named. */
    public enum Where {
        /** {@code containers[]} and {@code initContainers[]}: {@code env[].valueFrom.secretKeyRef}, {@code envFrom[].secretRef}. */
        ENVIRONMENT,
        /** {@code volumes[].secret}. */
        VOLUME,
        /** {@code volumes[].projected.sources[].secret}. */
        PROJECTED,
        /** {@code imagePullSecrets[]}. */
        IMAGE_PULL
    }
}
