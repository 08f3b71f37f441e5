package io.keyferry.kubernetes.annotated;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A kind of objects that make pods.
 *
 * @param template finds the pods' template
 * @param trim drops what need not be remembered
 */
record WorkloadKind<T extends HasMetadata>(
        SubjectKind kind, Class<T> type, Function<T, @Nullable PodTemplateSpec> template, Consumer<T> trim) {
    static final List<WorkloadKind<?>> ALL = List.of(
            new WorkloadKind<>(
                    SubjectKind.DEPLOYMENT,
                    Deployment.class,
                    one -> one.getSpec() == null ? null : one.getSpec().getTemplate(),
                    one -> {
                        one.setSpec(null);
                        one.setStatus(null);
                    }),
            new WorkloadKind<>(
                    SubjectKind.STATEFUL_SET,
                    StatefulSet.class,
                    one -> one.getSpec() == null ? null : one.getSpec().getTemplate(),
                    one -> {
                        one.setSpec(null);
                        one.setStatus(null);
                    }),
            new WorkloadKind<>(
                    SubjectKind.DAEMON_SET,
                    DaemonSet.class,
                    one -> one.getSpec() == null ? null : one.getSpec().getTemplate(),
                    one -> {
                        one.setSpec(null);
                        one.setStatus(null);
                    }),
            new WorkloadKind<>(
                    SubjectKind.CRON_JOB,
                    CronJob.class,
                    one -> one.getSpec() == null || one.getSpec().getJobTemplate() == null
                            ? null
                            : Optional.ofNullable(one.getSpec().getJobTemplate().getSpec())
                                    .map(spec -> spec.getTemplate())
                                    .orElse(null),
                    one -> {
                        one.setSpec(null);
                        one.setStatus(null);
                    }),
            new WorkloadKind<>(
                    SubjectKind.JOB,
                    Job.class,
                    one -> one.getSpec() == null ? null : one.getSpec().getTemplate(),
                    one -> {
                        one.setSpec(null);
                        one.setStatus(null);
                    }));

    List<SecretUse> uses(T object) {
        PodTemplateSpec found = template.apply(object);
        @Nullable PodSpec pod = found == null ? null : found.getSpec();
        return PodUses.of(pod);
    }
}
