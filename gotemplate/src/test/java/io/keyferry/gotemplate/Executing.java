package io.keyferry.gotemplate;

import io.keyferry.gotemplate.value.JsonValues;
import io.keyferry.gotemplate.value.MapValue;
import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.StructValue;
import io.keyferry.gotemplate.value.TimeValue;
import io.keyferry.gotemplate.value.Type;
import io.keyferry.gotemplate.value.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Templates of one line on data of every kind. */
final class Executing {
    static final TimeValue TIME = new TimeValue(Instant.parse("2025-02-03T04:05:06.789Z"));
    private static final Type.MapOf TAGS = new Type.MapOf(Type.Basic.STRING);
    private static final Type.Struct SECRET = new Type.Struct(
            "main.Secret",
            List.of(
                    new Type.Field("Tags", TAGS),
                    new Type.Field("Version", Type.Basic.STRING),
                    new Type.Field("UpdatedAt", Type.Basic.TIME)));

    private Executing() {}

    /** What the template yields, or the message it fails with. */
    static String run(String text) {
        try {
            return output(text);
        } catch (TemplateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    static String output(String text) throws TemplateException {
        return output(text, FunctionTable.none(), TemplateLimits.DEFAULT);
    }

    static String output(String text, FunctionTable<RuntimeException> functions, TemplateLimits limits)
            throws TemplateException {
        try {
            byte[] bytes = Template.parse("t", text, functions.names(), limits).execute(data(), functions);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Value data() {
        Map<String, Object> tree = new HashMap<>();
        tree.put("s", "str");
        tree.put("n", 5);
        tree.put("big", 1e6);
        tree.put("null", null);
        tree.put("list", Arrays.asList(1, "two", null, List.of(3), Map.of("k", "v")));
        tree.put("map", Map.of("a", 1, "b", Map.of("c", "d")));
        tree.put("empty", List.of());
        Map<StringValue, Value> data = new HashMap<>(((MapValue) JsonValues.of(tree)).entries());
        data.put(StringValue.of("time"), TIME);
        data.put(
                StringValue.of("secrets"),
                MapValue.of(
                        new Type.MapOf(SECRET),
                        Map.of(StringValue.of("a"), secret("v2"), StringValue.of("b-2"), secret("v7"))));
        return MapValue.of(data);
    }

    private static StructValue secret(String version) {
        MapValue tags = MapValue.of(TAGS, Map.of(StringValue.of("team"), StringValue.of("x")));
        return new StructValue(SECRET, List.of(tags, StringValue.of(version), TIME));
    }
}
