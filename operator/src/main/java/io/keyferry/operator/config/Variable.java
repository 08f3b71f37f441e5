package io.keyferry.operator.config;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An environment variable that configures the operator.
 *
 * @param name as it is set
 * @param unset what applies without it
 * @param description in one line
 * @param topic what it is about
 */
public record Variable(String name, String unset, String description, Topic topic) {
    /** Groups of variables, in the order of the reference. */
    public enum Topic {
        PROGRAM("The program"),
        VAULT_CLIENT("Speaking to Vault, for VaultSecrets and annotated objects"),
        VAULTSECRET("VaultSecrets"),
        SYNCEDSECRET("SyncedSecrets"),
        VSECMSECRET("VSecMSecrets"),
        VAULTSYNC("Annotated objects");

        private final String title;

        Topic(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    private static final List<Variable> ALL = Stream.of(
                    program(), vaultClient(), vaultSecret(), syncedSecret(), vsecm(), vaultSync())
            .flatMap(List::stream)
            .toList();

    /** Every variable that this program reads by itself, by topic. */
    public static List<Variable> all() {
        return ALL;
    }

    static Set<String> names() {
        return ALL.stream().map(Variable::name).collect(Collectors.toSet());
    }

    private static List<Variable> program() {
        return List.of(
                of(
                        Topic.PROGRAM,
                        "POD_NAMESPACE",
                        "the pod's, as its token's files tell",
                        "namespace of the leases where --leader-election-namespace is not given"),
                of(Topic.PROGRAM, "HOSTNAME", "keyferry", "begins this process's name in the leases"),
                of(
                        Topic.PROGRAM,
                        "METRICS_LISTEN",
                        "",
                        "as kube-secret-syncer has it: where metrics are served; --metrics-bind-address goes before it"),
                of(Topic.PROGRAM, "MAX_CONCURRENT_RECONCILES", "32", "writes to the API server at once"));
    }

    private static List<Variable> vaultClient() {
        Topic topic = Topic.VAULT_CLIENT;
        return List.of(
                of(topic, "VAULT_NAMESPACE", "none", "Vault's namespace"),
                of(
                        topic,
                        "VAULT_CACERT",
                        "the platform's",
                        "PEM file of the authorities that Vault's certificate may be of; goes before the next two"),
                of(topic, "VAULT_CACERT_BYTES", "", "the same, as text"),
                of(topic, "VAULT_CAPATH", "", "the same, a folder of files"),
                of(topic, "VAULT_CLIENT_CERT", "none", "PEM file of a client certificate; needs VAULT_CLIENT_KEY"),
                of(topic, "VAULT_CLIENT_KEY", "none", "PEM file of its key"),
                of(topic, "VAULT_SKIP_VERIFY", "false", "do not verify Vault's certificate: for experiments alone"),
                of(topic, "VAULT_TLS_SERVER_NAME", "the address's host", "the name that Vault's certificate must have"),
                of(topic, "VAULT_PROXY_ADDR", "none", "HTTP proxy to Vault; goes before the next ones"),
                of(topic, "VAULT_HTTP_PROXY", "none", "the same, older"),
                of(topic, "HTTP_PROXY", "none", "HTTP proxy to http addresses"),
                of(topic, "HTTPS_PROXY", "none", "HTTP proxy to https addresses"),
                of(topic, "NO_PROXY", "none", "hosts that are reached without a proxy, separated by commas"));
    }

    private static List<Variable> vaultSecret() {
        Topic topic = Topic.VAULTSECRET;
        return List.of(
                of(topic, "VAULT_ADDR", "http://127.0.0.1:8200", "Vault, where a VaultSecret names none"),
                of(topic, "VAULT_UI_ADDR", "VAULT_ADDR and /ui", "base of the links on Secrets"),
                of(
                        topic,
                        "DEFAULT_SA_AUTH_PATH",
                        "none",
                        "login path of ServiceAccounts, such as auth/kubernetes/login"),
                of(topic, "DEFAULT_SA_NAME", "vault-operator-sync", "ServiceAccount, where a VaultSecret names none"),
                of(topic, "ROLE", "the namespace", "Vault role, where a VaultSecret names none"),
                of(topic, "DEFAULT_RECONCILE_PERIOD", "10m", "how often Vault is looked at again"),
                of(topic, "CLIENT_TIMEOUT", "60s", "of one request to Vault"),
                of(topic, "CLIENT_MAX_RETRIES", "0", "further tries of a request that fails"),
                of(topic, "REFRESH_TOKEN_BEFORE", "2m", "how long before its end a Vault token is replaced"),
                of(
                        topic,
                        "KEYFERRY_EXACT_NUMBERS",
                        "false",
                        "numbers and null as Vault gives them; changes existing values"),
                of(
                        topic,
                        "KEYFERRY_TOKEN_AUDIENCE",
                        "the API server's",
                        "audience of the ServiceAccount tokens that Vault is shown"),
                of(
                        topic,
                        "KEYFERRY_ALLOWED_ADDRS",
                        "any",
                        "the only addresses that spec.addr may name besides VAULT_ADDR, separated by commas"),
                of(
                        topic,
                        "KEYFERRY_STATUS_ON_CHANGE",
                        "false",
                        "lastUpdated is the time of the last change, and nothing is written at rest"));
    }

    private static List<Variable> syncedSecret() {
        Topic topic = Topic.SYNCEDSECRET;
        return List.of(
                of(topic, "POLL_INTERVAL_SEC", "300", "seconds between two listings of AWS; above 0"),
                of(topic, "SYNC_INTERVAL_SEC", "120", "must be a number and has no further effect"),
                of(
                        topic,
                        "NS_ANNOTATION",
                        "iam.amazonaws.com/allowed-roles",
                        "the annotation of namespaces that lists roles"),
                of(
                        topic,
                        "POLL_DEFAULT_SEARCH_ROLE",
                        "the operator's own identity",
                        "the role that lists, a short name or an ARN"),
                of(topic, "KEYFERRY_STRICT_VALUES", "false", "refuse what Go prints oddly"),
                of(topic, "KEYFERRY_AWS_EVENT_QUEUE", "none", "URL of an SQS queue that tells of changes"));
    }

    private static List<Variable> vsecm() {
        Topic topic = Topic.VSECMSECRET;
        return List.of(
                of(topic, "SPIFFE_ENDPOINT_SOCKET", "unix:///spire-agent-socket/spire-agent.sock", "the Workload API"),
                of(topic, "SPIFFE_TRUST_DOMAIN", "vsecm.com", "the trust domain that the default patterns are of"),
                of(
                        topic,
                        "VSECM_SPIFFEID_PREFIX_SAFE",
                        "vsecm-safe of the trust domain",
                        "which SPIFFE IDs are Safe's: a prefix, or a regular expression between ^ and $"),
                of(
                        topic,
                        "VSECM_WORKLOAD_NAME_REGEXP",
                        "as VSecM names workloads",
                        "captures a workload's name from its SPIFFE ID"),
                of(
                        topic,
                        "KEYFERRY_VSECM_SVID_FILE",
                        "none",
                        "PEM file of the operator's SVID, in place of the Workload API; needs the next two"),
                of(topic, "KEYFERRY_VSECM_KEY_FILE", "none", "PEM file of its key"),
                of(topic, "KEYFERRY_VSECM_BUNDLE_FILE", "none", "PEM file of the trust bundle"),
                of(
                        topic,
                        "KEYFERRY_VSECM_ALLOWED_URLS",
                        "any",
                        "the only Safes that may be asked, separated by commas"),
                of(topic, "KEYFERRY_VSECM_CONNECT_TIMEOUT", "5s", "of a connection to Safe"),
                of(topic, "KEYFERRY_VSECM_REQUEST_TIMEOUT", "10s", "of a request to Safe"),
                of(topic, "KEYFERRY_VSECM_REUSE", "2s", "how old an answer of Safe may be that several objects share"),
                of(topic, "KEYFERRY_VSECM_SHORTEST_INTERVAL", "10s", "the shortest refresh interval that is followed"),
                of(topic, "KEYFERRY_VSECM_TENANCY", "warn", "namespaces of raw secrets: off, warn or enforce"),
                of(topic, "KEYFERRY_VSECM_EXPIRY", "warn", "secrets out of their time: ignore, warn or block"),
                of(
                        topic,
                        "KEYFERRY_VSECM_DELETION_POLICY",
                        "Retain",
                        "what becomes of the Secret when its object goes: Retain or Delete"),
                of(
                        topic,
                        "KEYFERRY_VSECM_UPSTREAM_DELETION_POLICY",
                        "Retain",
                        "what becomes of entries that Safe no longer has: Retain or Blank"));
    }

    private static List<Variable> vaultSync() {
        Topic topic = Topic.VAULTSYNC;
        return List.of(
                of(topic, "VAULT_AGENT_ADDR", "none", "the Vault to write to; goes before --vault-addr"),
                of(topic, "VAULT_CLIENT_TIMEOUT", "60s", "of one request to Vault"),
                of(topic, "VAULT_MAX_RETRIES", "2", "further tries of a request that fails"),
                of(
                        topic,
                        "KEYFERRY_VAULTSYNC_KINDS",
                        "none",
                        "further kinds to watch: StatefulSet, DaemonSet, CronJob, Job"),
                of(
                        topic,
                        "KEYFERRY_VAULTSYNC_GRANTS",
                        "any path",
                        "which namespace may write where: namespace=prefix,prefix;namespace=prefix"),
                of(topic, "KEYFERRY_VAULTSYNC_BINARY", "base64", "bytes that are no text: base64, replace or refuse"),
                of(topic, "KEYFERRY_VAULTSYNC_FULL_DELETE", "false", "remove a path's metadata and all versions, too"),
                of(
                        topic,
                        "KEYFERRY_VAULTSYNC_DELETE_GIVE_UP",
                        "never",
                        "how long Vault may stay away before an object is let go without it"));
    }

    private static Variable of(Topic topic, String name, String unset, String description) {
        return new Variable(name, unset, description, topic);
    }
}
