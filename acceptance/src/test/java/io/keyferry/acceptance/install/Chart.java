package io.keyferry.acceptance.install;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.keyferry.acceptance.Place;
import io.keyferry.testkit.Helm;
import java.util.List;
import java.util.stream.Stream;

/** The chart, and what it makes of values. */
final class Chart {
    static final KubernetesSerialization YAML = new KubernetesSerialization();
    static final Helm HELM = new Helm(Place.root().resolve("deploy/helm/keyferry"));

    /** Values under which nothing is left out. */
    static final String[] EVERYTHING = {
        "--set=dialects.vaultsecret.enabled=true,dialects.syncedsecret.enabled=true",
        "--set=dialects.vsecmsecret.enabled=true,dialects.vaultsync.enabled=true",
        "--set=replicaCount=2,watchNamespaces={one,two},clusterName=c,aws.region=eu-west-1",
        "--set=vault.address=https://vault.example.org,vault.role=r,vault.authPath=a,vault.namespace=n",
        "--set=vault.tls.caSecret=ca,vault.tls.clientSecret=client,vault.tls.serverName=vault",
        "--set=vaultsync.kinds={StatefulSet,CronJob},config.POLL_INTERVAL_SEC=60,logLevel=debug",
        "--set=extraArgs={--log-format=console},env[0].name=X,env[0].value=y,envFrom[0].configMapRef.name=more",
        "--set=imagePullSecrets[0].name=pull,imagePullSecrets[0].create=true,imagePullSecrets[0].registry=r.example.org",
        "--set=imagePullSecrets[0].username=u,imagePullSecrets[0].password=p",
        "--set=serviceAccount.createToken=true,namespace.create=true,namespace.name=elsewhere",
        "--set=serviceMonitor.enabled=true,prometheusRule.enabled=true,dashboards.enabled=true",
        "--set=podLabels.a=b,podAnnotations.c=d,nodeSelector.e=f,priorityClassName=high",
        "--set=volumes[0].name=v,volumes[0].emptyDir.medium=Memory,volumeMounts[0].name=v,volumeMounts[0].mountPath=/v",
    };

    private Chart() {}

    static List<HasMetadata> render(String release, String... values) {
        return parse(HELM.render(release, "operators", values));
    }

    /** The objects of several YAML documents. */
    static List<HasMetadata> parse(String yaml) {
        return Stream.of(yaml.split("(?m)^---\\s*$"))
                .filter(document -> document.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#")))
                .map(document -> (HasMetadata) YAML.unmarshal(document))
                .toList();
    }

    /** The one object of a kind. */
    static <T extends HasMetadata> T only(List<HasMetadata> objects, Class<T> kind) {
        List<T> found = all(objects, kind);
        if (found.size() != 1) {
            throw new AssertionError("%d objects of kind %s".formatted(found.size(), kind.getSimpleName()));
        }
        return found.getFirst();
    }

    static <T extends HasMetadata> List<T> all(List<HasMetadata> objects, Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
