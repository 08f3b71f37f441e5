package io.keyferry.kubernetes.annotated;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecretEnvSource;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.SecretProjection;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.keyferry.kubernetes.annotated.SecretUse.Where;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the Secrets that a pod names. */
final class PodUses {
    private final List<SecretUse> uses = new ArrayList<>();

    private PodUses() {}

    static List<SecretUse> of(@Nullable PodSpec pod) {
        PodUses found = new PodUses();
        if (pod != null) {
            orNone(pod.getContainers()).forEach(found::container);
            orNone(pod.getInitContainers()).forEach(found::container);
            orNone(pod.getVolumes()).forEach(found::volume);
            for (LocalObjectReference secret : orNone(pod.getImagePullSecrets())) {
                found.add(secret.getName(), Where.IMAGE_PULL, false);
            }
        }
        return List.copyOf(found.uses);
    }

    private void container(Container container) {
        for (EnvVar variable : orNone(container.getEnv())) {
            SecretKeySelector key = variable.getValueFrom() == null
                    ? null
                    : variable.getValueFrom().getSecretKeyRef();
            if (key != null) {
                add(key.getName(), Where.ENVIRONMENT, key.getOptional());
            }
        }
        for (EnvFromSource source : orNone(container.getEnvFrom())) {
            SecretEnvSource secret = source.getSecretRef();
            if (secret != null) {
                add(secret.getName(), Where.ENVIRONMENT, secret.getOptional());
            }
        }
    }

    private void volume(Volume volume) {
        SecretVolumeSource secret = volume.getSecret();
        if (secret != null) {
            add(secret.getSecretName(), Where.VOLUME, secret.getOptional());
        }
        if (volume.getProjected() != null) {
            for (VolumeProjection source : orNone(volume.getProjected().getSources())) {
                SecretProjection projection = source.getSecret();
                if (projection != null) {
                    add(projection.getName(), Where.PROJECTED, projection.getOptional());
                }
            }
        }
    }

    private void add(@Nullable String secret, Where where, @Nullable Boolean optional) {
        if (secret != null && !secret.isEmpty()) {
            uses.add(new SecretUse(secret, where, Boolean.TRUE.equals(optional)));
        }
    }

    private static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
