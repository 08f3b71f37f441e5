package io.keyferry.kubernetes.annotated;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.keyferry.kubernetes.annotated.SecretUse.Where;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which Secrets are found in each kind of workload, and which are not. */
class PodUsesTest {
    private static final String POD = """
            {"metadata":{"annotations":{"vault-sync.io/path":"ignored"}},"spec":{
              "initContainers":[{"env":[
                {"valueFrom":{"secretKeyRef":{"name":"init-env","key":"k","optional":true}}},
                {"valueFrom":{"configMapKeyRef":{"name":"config","key":"k"}}},
                {"value":"v"}]}],
              "containers":[{"envFrom":[{"secretRef":{"name":"env-from"}},{"configMapRef":{"name":"config"}}],
                "env":[{"valueFrom":{"secretKeyRef":{"name":"env","key":"k"}}}]}],
              "ephemeralContainers":[{"envFrom":[{"secretRef":{"name":"ephemeral"}}]}],
              "volumes":[{"secret":{"secretName":"volume","optional":true}},
                {"projected":{"sources":[{"secret":{"name":"projected"}},{"configMap":{"name":"config"}}]}},
                {"csi":{"driver":"d","nodePublishSecretRef":{"name":"csi"}}}],
              "imagePullSecrets":[{"name":"pull"}]}}""";

    private static <T extends HasMetadata> List<SecretUse> uses(WorkloadKind<T> kind, String spec) {
        return kind.uses(Serialization.unmarshal("{\"spec\":" + spec + "}", kind.type()));
    }

    private static String spec(WorkloadKind<?> kind, String template) {
        String pods = "{\"template\":%s}".formatted(template);
        return kind.kind() == SubjectKind.CRON_JOB ? "{\"jobTemplate\":{\"spec\":%s}}".formatted(pods) : pods;
    }

    @Test
    void everyKindShowsTheSecretsOfItsPods() {
        assertThat(WorkloadKind.ALL).hasSize(SubjectKind.values().length - 1);
        for (WorkloadKind<?> kind : WorkloadKind.ALL) {
            assertThat(uses(kind, spec(kind, POD)))
                    .as(kind.kind().kind())
                    .containsExactlyInAnyOrder(
                            new SecretUse("env", Where.ENVIRONMENT, false),
                            new SecretUse("env-from", Where.ENVIRONMENT, false),
                            new SecretUse("init-env", Where.ENVIRONMENT, true),
                            new SecretUse("volume", Where.VOLUME, true),
                            new SecretUse("projected", Where.PROJECTED, false),
                            new SecretUse("pull", Where.IMAGE_PULL, false));
        }
    }

    @Test
    void whatHasNoPodsOrNothingInThemShowsNone() {
        for (WorkloadKind<?> kind : WorkloadKind.ALL) {
            assertThat(uses(kind, "null")).isEmpty();
            assertThat(uses(kind, "{}")).isEmpty();
            assertThat(uses(kind, spec(kind, "{}"))).isEmpty();
            assertThat(uses(kind, spec(kind, "{\"spec\":{\"containers\":[{\"name\":\"c\"}]}}")))
                    .isEmpty();
        }
        assertThat(uses(WorkloadKind.ALL.get(3), "{\"jobTemplate\":{}}")).isEmpty();
    }
}
