package io.keyferry.testkit.vsecm;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A secret as Safe keeps it. */
record StoredSecret(
        String name,
        String value,
        String valueTransformed,
        List<String> namespaces,
        String template,
        String format,
        String correlationId,
        Instant created,
        Instant updated,
        Instant notBefore,
        Instant expiresAfter) {
    static String correlation() {
        return UUID.randomUUID().toString();
    }

    /** What a workload gets. */
    String served() {
        return valueTransformed.isEmpty() ? value : valueTransformed;
    }

    /** A record of Scout's array: note the capital F. */
    Map<String, Object> record() {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("namespaces", namespaces);
        meta.put("template", template);
        meta.put("Format", format);
        meta.put("correlationId", correlationId);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("name", name);
        record.put("value", value);
        record.put("valueTransformed", valueTransformed);
        record.put("meta", meta);
        record.put("created", created.toString());
        record.put("updated", updated.toString());
        record.put("notBefore", notBefore.toString());
        record.put("expiresAfter", expiresAfter.toString());
        return record;
    }

    /** A record of the Sentinel's list: to the second, but without the quotes that a workload gets. */
    Map<String, Object> listed() {
        Map<String, Object> listed = new LinkedHashMap<>();
        listed.put("name", name);
        listed.put("created", seconds(created));
        listed.put("updated", seconds(updated));
        listed.put("notBefore", seconds(notBefore));
        listed.put("expiresAfter", seconds(expiresAfter));
        return listed;
    }

    /** To the second, with literal quotes inside the string. */
    static String quoted(Instant time) {
        return "\"" + seconds(time) + "\"";
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    @Override
    public String toString() {
        return "StoredSecret(" + name + ")";
    }
}
