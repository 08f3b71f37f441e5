package io.keyferry.kubernetes.annotated;

import java.util.Arrays;
import java.util.Optional;

/** A kind of objects that can be annotated. */
public enum SubjectKind {
    SECRET("v1", "Secret", "secrets"),
    DEPLOYMENT("apps/v1", "Deployment", "deployments"),
    STATEFUL_SET("apps/v1", "StatefulSet", "statefulsets"),
    DAEMON_SET("apps/v1", "DaemonSet", "daemonsets"),
    CRON_JOB("batch/v1", "CronJob", "cronjobs"),
    JOB("batch/v1", "Job", "jobs");

    private final String apiVersion;
    private final String kind;
    private final String plural;

    SubjectKind(String apiVersion, String kind, String plural) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.plural = plural;
    }

    public String apiVersion() {
        return apiVersion;
    }

    /** The API group; empty for the core's. */
    public String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** The name of its resources in paths and rules. */
    public String plural() {
        return plural;
    }

    /** The kind as manifests name it. */
    public String kind() {
        return kind;
    }

    /** The kind that manifests call so, if it is one of these. */
    public static Optional<SubjectKind> named(String kind) {
        return Arrays.stream(values()).filter(one -> one.kind.equals(kind)).findFirst();
    }

    String path(String namespace, String name) {
        String root = apiVersion.contains("/") ? "/apis/" : "/api/";
        return "%s%s/namespaces/%s/%s/%s".formatted(root, apiVersion, namespace, plural, name);
    }
}
