package io.keyferry.operator.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.keyferry.kubernetes.controller.ReconcileLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** One JSON object per line, with the keys that controller-runtime's log has. */
final class JsonLogFormat extends Formatter {
    /** Most lines are written by virtual threads that have no buffers of their own yet. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();

    private static final List<String> BEFORE_OBJECT = List.of("controller", "controllerGroup", "controllerKind");
    private static final List<String> AFTER_OBJECT = List.of("namespace", "name", "reconcileID");

    /** What context keys begin with that are fields of one line. */
    private static final String FIELD = "field.";

    /** Those beyond are of threads and libraries. */
    private static final int FRAMES = 8;

    /** What a handler is called by. */
    private static final String LOGGER = "java.util.logging.";

    private static final List<String> OF_THE_LOG = List.of(LOGGER, "org.slf4j.", ReconcileLog.class.getName());

    private final String timeKey;
    private final boolean tellsOrigin;
    private final Level stackTraces;

    /**
     * @param tellsOrigin whether to tell which logger and method a line comes from
     * @param stackTraces from which level on lines tell how the program came there
     */
    JsonLogFormat(String timeKey, boolean tellsOrigin, Level stackTraces) {
        this.timeKey = timeKey;
        this.tellsOrigin = tellsOrigin;
        this.stackTraces = stackTraces;
    }

    @Override
    public String format(LogRecord entry) {
        StringWriter line = new StringWriter(256);
        try (JsonGenerator json = FACTORY.createGenerator(line)) {
            write(json, entry);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return line.append('\n').toString();
    }

    private void write(JsonGenerator json, LogRecord entry) throws IOException {
        @Nullable Map<String, String> context = MDC.getCopyOfContextMap();
        json.writeStartObject();
        json.writeStringField("level", level(entry.getLevel()));
        json.writeStringField(
                timeKey, entry.getInstant().truncatedTo(ChronoUnit.MILLIS).toString());
        if (tellsOrigin) {
            json.writeStringField("logger", String.valueOf(entry.getLoggerName()));
            json.writeStringField("caller", entry.getSourceClassName() + "." + entry.getSourceMethodName());
        }
        json.writeStringField("msg", formatMessage(entry));
        if (context != null) {
            writeContext(json, context);
        }
        Throwable thrown = entry.getThrown();
        String error = context == null ? null : context.get("error");
        if (error != null) {
            json.writeStringField("error", error);
        } else if (thrown != null) {
            json.writeStringField("error", String.valueOf(thrown));
        }
        if (thrown != null) {
            json.writeStringField("stacktrace", stackTrace(thrown));
        } else if (entry.getLevel().intValue() >= stackTraces.intValue()) {
            json.writeStringField("stacktrace", callers());
        }
        json.writeEndObject();
    }

    private static void writeContext(JsonGenerator json, Map<String, String> context) throws IOException {
        writeAll(json, context, BEFORE_OBJECT);
        String kind = context.get("controllerKind");
        if (kind != null) {
            json.writeObjectFieldStart(kind);
            json.writeStringField("name", context.getOrDefault("name", ""));
            json.writeStringField("namespace", context.getOrDefault("namespace", ""));
            json.writeEndObject();
        }
        writeAll(json, context, AFTER_OBJECT);
        TreeMap<String, String> fields = new TreeMap<>();
        context.forEach((key, value) -> {
            if (key.startsWith(FIELD)) {
                fields.put(key.substring(FIELD.length()), value);
            }
        });
        for (Map.Entry<String, String> field : fields.entrySet()) {
            json.writeStringField(field.getKey(), field.getValue());
        }
    }

    private static void writeAll(JsonGenerator json, Map<String, String> context, List<String> keys)
            throws IOException {
        for (String key : keys) {
            String value = context.get(key);
            if (value != null) {
                json.writeStringField(key, value);
            }
        }
    }

    static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "warn";
        }
        return level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
    }

    /** How the program came to write this line, which the same thread is still doing. */
    private static String callers() {
        return StackWalker.getInstance()
                .walk(frames -> frames.dropWhile(frame -> !frame.getClassName().startsWith(LOGGER))
                        .dropWhile(frame -> isOfTheLog(frame.getClassName()))
                        .limit(FRAMES)
                        .map(frame -> frame.toStackTraceElement().toString())
                        .collect(Collectors.joining("\n")));
    }

    private static boolean isOfTheLog(String className) {
        return OF_THE_LOG.stream().anyMatch(className::startsWith);
    }

    static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
