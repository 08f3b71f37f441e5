package io.keyferry.acceptance;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.keyferry.testkit.Aws;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.OperatorProcess;
import java.util.List;
import java.util.Map;

/** What a test of SyncedSecrets sees: a namespace of its own, and the AWS that all tests share. */
public final class AwsWorld implements AutoCloseable {
    private static final ResourceDefinitionContext SYNCED_SECRETS = new ResourceDefinitionContext.Builder()
            .withGroup("secrets.contentful.com")
            .withVersion("v1")
            .withKind("SyncedSecret")
            .withPlural("syncedsecrets")
            .withNamespaced(true)
            .build();

    public final Cluster cluster;
    public final Aws aws;
    public final Place place;

    public AwsWorld(Cluster cluster, Aws aws) {
        this.cluster = cluster;
        this.aws = aws;
        this.place = Place.in(cluster, SYNCED_SECRETS);
    }

    public static void installCrds(Cluster cluster) {
        cluster.applyCrds(Place.root().resolve("deploy/crds/syncedsecrets.yaml"));
    }

    /** An operator for all SyncedSecrets in the cluster that asks AWS every second what there is. */
    public static OperatorProcess.Builder operator(Cluster cluster, Aws aws) {
        OperatorProcess.Builder builder = OperatorProcess.operator()
                .kubeconfig(cluster.kubeconfig())
                .environment("POLL_INTERVAL_SEC", "1")
                .arguments("--leader-elect=false", "--dialects=syncedsecret");
        aws.environment().forEach(builder::environment);
        return builder;
    }

    /** An operator for this world alone, whatever other tests have left behind. */
    public OperatorProcess.Builder operator() {
        return operator(cluster, aws).arguments("--namespace=" + place.namespace());
    }

    /** Annotates the namespace. */
    public void annotate(String annotation, String value) {
        cluster.client()
                .namespaces()
                .withName(place.namespace())
                .edit(namespace -> new NamespaceBuilder(namespace)
                        .editMetadata()
                        .addToAnnotations(annotation, value)
                        .endMetadata()
                        .build());
    }

    /** Labels the namespace. */
    public void label(String label, String value) {
        cluster.client()
                .namespaces()
                .withName(place.namespace())
                .edit(namespace -> new NamespaceBuilder(namespace)
                        .editMetadata()
                        .addToLabels(label, value)
                        .endMetadata()
                        .build());
    }

    /** The whole of one AWS secret. */
    public static Map<String, Object> dataFrom(String id) {
        return Map.of("IAMRole", "", "dataFrom", Map.of("secretRef", Map.of("name", id)));
    }

    /** One entry from a template. */
    public static Map<String, Object> template(String entry, String template) {
        return Map.of("IAMRole", "", "data", List.of(Map.of("name", entry, "valueFrom", Map.of("template", template))));
    }

    @Override
    public void close() {
        place.close();
    }
}
