package io.keyferry.acceptance.install;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.OperatorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A release of the chart in a cluster. Since no pod runs there, the operator is started as its Deployment says: with its
 * arguments, its variables, its configuration and the token of its ServiceAccount.
 */
final class Release implements AutoCloseable {
    private final Cluster cluster;
    private final String namespace;
    private final List<HasMetadata> objects;
    private final Deployment deployment;

    private Release(Cluster cluster, String namespace, List<HasMetadata> objects) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.objects = objects;
        this.deployment = Chart.only(objects, Deployment.class);
    }

    /** Has Helm install the chart in a namespace, as a release of the same name: cluster-wide objects must not meet those of other tests. */
    static Release install(Cluster cluster, String namespace, String... values) {
        Chart.HELM.upgrade(cluster, namespace, namespace, values);
        return new Release(cluster, namespace, Chart.parse(Chart.HELM.render(namespace, namespace, values)));
    }

    String serviceAccount() {
        return deployment.getSpec().getTemplate().getSpec().getServiceAccountName();
    }

    /** The operator of the Deployment. */
    OperatorProcess.Builder operator() {
        Container container =
                deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
        OperatorProcess.Builder builder = OperatorProcess.operator()
                .kubeconfig(cluster.kubeconfigFor(cluster.tokenOf(namespace, serviceAccount())))
                .environment("POD_NAMESPACE", namespace)
                .environment("HOSTNAME", namespace);
        container.getEnv().stream()
                .filter(variable -> variable.getValue() != null)
                .forEach(variable -> builder.environment(variable.getName(), variable.getValue()));
        container.getArgs().stream()
                .skip(1)
                .filter(argument -> !argument.contains("-bind-address="))
                .map(argument -> argument.startsWith("--config=") ? "--config=" + configuration() : argument)
                .forEach(builder::arguments);
        return builder;
    }

    private Path configuration() {
        ConfigMap map = Chart.all(objects, ConfigMap.class).stream()
                .filter(one -> one.getData().containsKey("config.yaml"))
                .findFirst()
                .orElseThrow();
        try {
            Path file = Files.createTempFile("keyferry-config", ".yaml");
            file.toFile().deleteOnExit();
            return Files.writeString(file, map.getData().get("config.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a verb on a resource out of all its roles. */
    void revoke(String verb, String resource) {
        for (HasMetadata role : Rights.roles(objects)) {
            HasMetadata less = cluster.client().resource(role).get();
            Rights.rules(less).stream()
                    .filter(rule -> rule.getResources().contains(resource))
                    .forEach(rule -> rule.getVerbs().remove(verb));
            Rights.rules(less).removeIf(rule -> rule.getVerbs().isEmpty());
            cluster.client().resource(less).update();
        }
    }

    /** Gives back what was taken. */
    void restore() {
        for (HasMetadata role : Rights.roles(objects)) {
            HasMetadata now = cluster.client().resource(role).get();
            Rights.rules(now).clear();
            Rights.rules(now).addAll(Rights.rules(role));
            cluster.client().resource(now).update();
        }
    }

    /** What its ServiceAccount may do, as {@code "get secrets"}. */
    Set<String> granted() {
        return Rights.granted(objects);
    }

    /** What its ServiceAccount has done. */
    Set<String> done() {
        return cluster.requestsOf(namespace, serviceAccount());
    }

    /** What its ServiceAccount was refused. */
    Set<String> refused() {
        return cluster.refusedTo(namespace, serviceAccount());
    }

    @Override
    public void close() {
        Chart.HELM.uninstall(cluster, namespace, namespace);
    }
}
