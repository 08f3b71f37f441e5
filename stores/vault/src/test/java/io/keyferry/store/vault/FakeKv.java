package io.keyferry.store.vault;

import io.keyferry.store.vault.FakeVault.Says;
import io.keyferry.store.vault.FakeVault.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One secret of a KV version 2 engine, at {@code secret/data/app}, into whose exchanges others can come. */
final class FakeKv {
    static final String PATH = "secret/data/app";
    private static final Pattern CAS = Pattern.compile("\"cas\":(\\d+)");
    private static final Pattern TEXT = Pattern.compile("\"([^\"]+)\":\"([^\"]*)\"");

    private final FakeVault vault;
    private long version;
    private boolean deleted;
    private String data = "{}";
    private Map<String, String> metadata = Map.of();
    private Instant created = Instant.now();
    private Runnable afterWrite = () -> {};
    private Runnable afterMark = () -> {};
    private boolean marksForbidden;

    FakeKv(FakeVault vault) {
        this.vault = vault;
        vault.on("GET /v1/secret/data/app", ignored -> read());
        vault.on("PUT /v1/secret/data/app", this::write);
        vault.on("POST /v1/secret/metadata/app", this::mark);
        vault.on("POST /v1/secret/delete/app", ignored -> delete());
    }

    /** Somebody else writes. */
    synchronized void put(String json) {
        version++;
        deleted = false;
        data = json;
        created = Instant.now();
    }

    /** Somebody else marks. */
    synchronized void mark(Map<String, String> marks) {
        metadata = Map.copyOf(marks);
    }

    synchronized void age(Duration more) {
        created = created.minus(more);
    }

    /** Something happens after the next write and before its answer. */
    synchronized void afterWrite(Runnable interruption) {
        afterWrite = interruption;
    }

    /** Something happens after the next mark and before its answer. */
    synchronized void afterMark(Runnable interruption) {
        afterMark = interruption;
    }

    synchronized void forbidMarks() {
        marksForbidden = true;
    }

    synchronized String data() {
        return deleted ? "" : data;
    }

    synchronized Map<String, String> metadata() {
        return metadata;
    }

    synchronized long version() {
        return version;
    }

    long count(String request) {
        return vault.count(request);
    }

    private synchronized Says read() {
        if (version == 0) {
            return FakeVault.errors(404);
        }
        String about =
                "{\"created_time\":\"%s\",\"custom_metadata\":%s,\"deletion_time\":\"\",\"destroyed\":false,\"version\":%d}"
                        .formatted(created, json(metadata), version);
        return deleted
                ? FakeVault.says(
                        404,
                        FakeVault.data("{\"data\":null,\"metadata\":" + about + "}")
                                .body())
                : FakeVault.data("{\"data\":%s,\"metadata\":%s}".formatted(data, about));
    }

    private static String json(Map<String, String> texts) {
        return new TreeMap<>(texts)
                .entrySet().stream()
                        .map(text -> "\"%s\":\"%s\"".formatted(text.getKey(), text.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private synchronized Says write(Seen request) {
        Matcher cas = CAS.matcher(request.body());
        if (!cas.find() || Long.parseLong(cas.group(1)) != version) {
            return FakeVault.errors(400, "check-and-set parameter did not match the current version");
        }
        put(request.body()
                .substring(
                        request.body().indexOf("\"data\":") + 7, request.body().length() - 1));
        long written = version;
        Runnable interruption = afterWrite;
        afterWrite = () -> {};
        interruption.run();
        return FakeVault.data("{\"version\":" + written + "}");
    }

    private synchronized Says mark(Seen request) {
        if (marksForbidden) {
            return FakeVault.errors(403, "permission denied");
        }
        Map<String, String> marks = new TreeMap<>();
        for (Matcher text = TEXT.matcher(request.body()); text.find(); ) {
            marks.put(text.group(1), text.group(2));
        }
        mark(marks);
        Runnable interruption = afterMark;
        afterMark = () -> {};
        interruption.run();
        return FakeVault.says(204, "");
    }

    private synchronized Says delete() {
        deleted = true;
        return FakeVault.says(204, "");
    }
}
