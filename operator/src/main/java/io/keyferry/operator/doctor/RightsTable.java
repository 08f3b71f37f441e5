package io.keyferry.operator.doctor;

import io.keyferry.operator.doctor.Right.Need;
import io.keyferry.operator.doctor.Right.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What each dialect needs to be allowed to do. */
public final class RightsTable {
    private static final String CORE = "";
    private static final String ANY = "";

    private final List<Right> rights = new ArrayList<>();

    /**
     * Starts with what all need.
     *
     * @param dialects those that run
     * @param leases the names of their leases; empty without leader election
     */
    public RightsTable(Set<String> dialects, List<String> leases) {
        boolean pulls = !Set.of("vaultsync").containsAll(dialects);
        add(Right.each(
                Scope.OBJECTS,
                Need.MUST,
                "nothing works without knowing the Secrets",
                CORE,
                "secrets",
                ANY,
                "list",
                "watch"));
        add(Right.each(Scope.OBJECTS, Need.MUST, "Secrets cannot be changed", CORE, "secrets", ANY, "patch"));
        if (pulls) {
            add(Right.each(Scope.OBJECTS, Need.MUST, "Secrets cannot be created", CORE, "secrets", ANY, "create"));
        }
        if (dialects.contains("syncedsecret") || dialects.contains("vsecmsecret")) {
            add(Right.each(
                    Scope.OBJECTS,
                    Need.SHOULD,
                    "a Secret that somebody else wrote at the same moment is tried again only later",
                    CORE,
                    "secrets",
                    ANY,
                    "get"));
        }
        add(Right.each(Scope.OBJECTS, Need.SHOULD, "there are no events", CORE, "events", ANY, "create", "patch"));
        dialects.stream().sorted().forEach(this::addOf);
        leases.forEach(this::addLease);
    }

    private void add(Stream<Right> more) {
        more.forEach(rights::add);
    }

    private void addOf(String dialect) {
        switch (dialect) {
            case "vaultsecret" -> {
                addKind("k8s.kiwi.com", "vaultsecrets", Need.MUST);
                add(Right.each(
                        Scope.OBJECTS,
                        Need.SHOULD,
                        "where the API server enforces it, VaultSecrets cannot own their Secrets",
                        "k8s.kiwi.com",
                        "vaultsecrets/finalizers",
                        ANY,
                        "update"));
                add(Right.each(
                        Scope.OBJECTS,
                        Need.SHOULD,
                        "nobody can log in to Vault as a ServiceAccount",
                        CORE,
                        "serviceaccounts/token",
                        ANY,
                        "create"));
            }
            case "syncedsecret" -> {
                addKind("secrets.contentful.com", "syncedsecrets", Need.MUST);
                add(Right.each(
                        Scope.CLUSTER,
                        Need.MUST,
                        "annotations and labels of namespaces decide what may be read",
                        CORE,
                        "namespaces",
                        ANY,
                        "get",
                        "list",
                        "watch"));
            }
            case "vsecmsecret" -> addKind("vsecm.com", "vsecmsecrets", Need.SHOULD);
            case "vaultsync" -> {
                add(Right.each(
                        Scope.OBJECTS,
                        Need.MUST,
                        "annotated Deployments are not seen, or cannot be noted on",
                        "apps",
                        "deployments",
                        ANY,
                        "list",
                        "watch",
                        "patch"));
                add(Right.each(
                        Scope.CLUSTER,
                        Need.SHOULD,
                        "marks on Vault paths do not tell this cluster from others",
                        CORE,
                        "namespaces",
                        "kube-system",
                        "get"));
            }
            default -> throw new IllegalArgumentException("no dialect " + dialect);
        }
    }

    private void addKind(String group, String plural, Need status) {
        add(Right.each(
                Scope.OBJECTS, Need.MUST, "nothing works without seeing them", group, plural, ANY, "list", "watch"));
        add(Right.each(Scope.OBJECTS, status, "there is no status", group, plural + "/status", ANY, "patch"));
    }

    private void addLease(String name) {
        String use = "without the lease the operator only waits";
        String group = "coordination.k8s.io";
        add(Right.each(Scope.LEASES, Need.MUST, use, group, "leases", name, "get", "update"));
        add(Right.each(Scope.LEASES, Need.MUST, use, group, "leases", ANY, "create"));
    }

    /** Another kind of workload is asked for. */
    public RightsTable withWorkload(String group, String plural) {
        add(Right.each(
                Scope.OBJECTS,
                Need.MUST,
                "annotated workloads of this kind are not seen, or cannot be noted on",
                group,
                plural,
                ANY,
                "list",
                "watch",
                "patch"));
        return this;
    }

    /** Metrics are shown only to those who may see them. */
    public RightsTable withGuardedMetrics() {
        String use = "nobody is shown the metrics";
        add(Right.each(Scope.CLUSTER, Need.SHOULD, use, "authentication.k8s.io", "tokenreviews", ANY, "create"));
        add(Right.each(Scope.CLUSTER, Need.SHOULD, use, "authorization.k8s.io", "subjectaccessreviews", ANY, "create"));
        return this;
    }

    List<Right> rights() {
        return List.copyOf(rights);
    }
}
