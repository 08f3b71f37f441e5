package io.keyferry.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Secrets Manager, STS and SQS as moto has them, in memory, behind a {@link FaultProxy}. Clients under test use {@link
 * #environment()} and so are counted and see the faults; what this class does itself goes around the proxy.
 */
public final class Aws implements AutoCloseable {
    /** The account that everything here is in. */
    public static final String ACCOUNT = "123456789012";

    public static final String REGION = "us-east-1";

    private final Path folder;
    private final Moto server;
    private final FaultProxy proxy;
    private final MotoApi api;

    private Aws(Path folder, Moto server) {
        this.folder = folder;
        this.server = server;
        this.proxy = FaultProxy.before(server.address());
        this.api = new MotoApi(server.address());
    }

    /** Starts a server of one's own, in about two seconds; tests rather take the shared one as a parameter. */
    public static Aws start() {
        return WorkFolder.with("aws", folder -> new Aws(folder, Moto.start(folder)));
    }

    /** The URL for clients under test, through the proxy. */
    public URI address() {
        return URI.create(proxy.address());
    }

    /** What a client under test needs in its environment to find this server and be let in. */
    public Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", proxy.address(),
                "AWS_REGION", REGION,
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "AWS_EC2_METADATA_DISABLED", "true");
    }

    public FaultProxy proxy() {
        return proxy;
    }

    /** How often an action was asked for since {@link FaultProxy#forget()}. */
    public long calls(String action) {
        return proxy.requests().stream()
                .filter(request -> request.action().equals(action))
                .count();
    }

    /** The actions that were asked for since {@link FaultProxy#forget()}, in order. */
    public List<String> actions() {
        return proxy.requests().stream().map(RecordedRequest::action).toList();
    }

    /** A name that no other test has. */
    public String newName() {
        return "secret-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Creates a secret; returns its ARN. */
    public String create(String name, String value) {
        return create(name, value, Map.of());
    }

    /** Creates a secret with tags; returns its ARN. */
    public String create(String name, String value, Map<String, String> tags) {
        return secrets("CreateSecret", Map.of("Name", name, "SecretString", value, "Tags", tags(tags)))
                .path("ARN")
                .textValue();
    }

    /** Creates a secret that holds bytes and no text; returns its ARN. */
    public String createBinary(String name, String base64) {
        return secrets("CreateSecret", Map.of("Name", name, "SecretBinary", base64))
                .path("ARN")
                .textValue();
    }

    /** Stores a new version; returns its id. */
    public String put(String name, String value) {
        return secrets("PutSecretValue", Map.of("SecretId", name, "SecretString", value))
                .path("VersionId")
                .textValue();
    }

    /** The id of the current version. */
    public String version(String name) {
        return secrets("GetSecretValue", Map.of("SecretId", name))
                .path("VersionId")
                .textValue();
    }

    /** Schedules a secret for deletion. */
    public void delete(String name) {
        secrets("DeleteSecret", Map.of("SecretId", name));
    }

    /** Deletes a secret for good. */
    public void destroy(String name) {
        secrets("DeleteSecret", Map.of("SecretId", name, "ForceDeleteWithoutRecovery", true));
    }

    public void restore(String name) {
        secrets("RestoreSecret", Map.of("SecretId", name));
    }

    public void tag(String name, Map<String, String> tags) {
        secrets("TagResource", Map.of("SecretId", name, "Tags", tags(tags)));
    }

    public void untag(String name, String... keys) {
        secrets("UntagResource", Map.of("SecretId", name, "TagKeys", List.of(keys)));
    }

    /** Creates a queue; returns its URL, which leads through the proxy. */
    public String newQueue() {
        String name = "queue-" + UUID.randomUUID().toString().substring(0, 8);
        String url = queues("CreateQueue", Map.of("QueueName", name))
                .path("QueueUrl")
                .textValue();
        return proxy.address() + URI.create(url).getPath();
    }

    public void send(String queueUrl, String body) {
        queues("SendMessage", Map.of("QueueUrl", queueUrl, "MessageBody", body));
    }

    /** How many messages a queue holds, in flight or not. */
    public int messages(String queueUrl) {
        JsonNode attributes = queues(
                        "GetQueueAttributes", Map.of("QueueUrl", queueUrl, "AttributeNames", List.of("All")))
                .path("Attributes");
        return attributes.path("ApproximateNumberOfMessages").asInt()
                + attributes.path("ApproximateNumberOfMessagesNotVisible").asInt();
    }

    /** Sends any Secrets Manager request, around the proxy. */
    public JsonNode secrets(String action, Map<String, ?> body) {
        return api.request("secretsmanager", "secretsmanager", "1.1", action, body);
    }

    private JsonNode queues(String action, Map<String, ?> body) {
        return api.request("sqs", "AmazonSQS", "1.0", action, body);
    }

    private static List<Map<String, String>> tags(Map<String, String> tags) {
        List<Map<String, String>> list = new ArrayList<>();
        tags.forEach((key, value) -> list.add(Map.of("Key", key, "Value", value)));
        return list;
    }

    @Override
    public void close() {
        proxy.close();
        server.kill();
        WorkFolder.delete(folder);
    }
}
