package io.keyferry.gotemplate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyferry.gotemplate.value.IntValue;
import io.keyferry.gotemplate.value.JsonValues;
import io.keyferry.gotemplate.value.MapValue;
import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.StructValue;
import io.keyferry.gotemplate.value.TimeValue;
import io.keyferry.gotemplate.value.Type;
import io.keyferry.gotemplate.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A data set of template-data.json, and the functions on it, as tools/template-oracle has them. */
final class OracleData {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Type.MapOf TAGS = new Type.MapOf(Type.Basic.STRING);
    private static final Type.MapOf OBJECT = new Type.MapOf(Type.Basic.ANY);
    private static final Type.Struct SECRET = new Type.Struct(
            "secretsmanager.PolledSecretMeta",
            List.of(
                    new Type.Field("Tags", TAGS),
                    new Type.Field("CurrentVersionID", Type.Basic.STRING),
                    new Type.Field("UpdatedAt", Type.Basic.TIME)));
    private static final Type.MapOf SECRETS = new Type.MapOf("secretsmanager.Secrets", SECRET);
    private static final Type.Struct ROOT =
            new Type.Struct("k8ssecret.templateParams", List.of(new Type.Field("Secrets", SECRETS)));

    private final StructValue root;
    private final Map<String, String> values = new HashMap<>();
    private final FunctionTable<RuntimeException> functions;

    private OracleData(JsonNode set) {
        Map<StringValue, Value> secrets = new HashMap<>();
        set.get("secrets")
                .properties()
                .forEach(secret -> secrets.put(StringValue.of(secret.getKey()), secret(secret.getValue())));
        root = new StructValue(ROOT, List.of(MapValue.of(SECRETS, secrets)));
        set.get("values")
                .properties()
                .forEach(value -> values.put(value.getKey(), value.getValue().asText()));
        functions = FunctionTable.<RuntimeException>builder()
                .add("getSecretValue", Signature.of(Type.Basic.STRING, Type.Basic.STRING), this::value)
                .add("getSecretValueMap", Signature.of(OBJECT, Type.Basic.STRING), this::object)
                .add("filterByTagKey", Signature.of(SECRETS, SECRETS, Type.Basic.STRING), OracleData::filtered)
                .add("base64", Signature.of(Type.Basic.STRING, Type.Basic.ANY), OracleData::base64)
                .add("indent", Signature.of(Type.Basic.STRING, Type.Basic.INT, Type.Basic.STRING), OracleData::indent)
                .build();
    }

    static Map<String, OracleData> all() throws IOException {
        try (var in = Objects.requireNonNull(OracleData.class.getResourceAsStream("/golden/template-data.json"))) {
            Map<String, OracleData> sets = new HashMap<>();
            MAPPER.readTree(in).properties().forEach(set -> sets.put(set.getKey(), new OracleData(set.getValue())));
            return sets;
        }
    }

    Outcome render(String template, TemplateLimits limits) throws InterruptedException {
        try {
            return Outcome.of(
                    Template.parse("t", template, functions.names(), limits).execute(root, functions));
        } catch (TemplateException e) {
            return Outcome.error(Objects.requireNonNull(e.getMessage()));
        }
    }

    private static StructValue secret(JsonNode secret) {
        Map<StringValue, Value> tags = new HashMap<>();
        secret.get("tags")
                .properties()
                .forEach(tag -> tags.put(
                        StringValue.of(tag.getKey()),
                        StringValue.of(tag.getValue().asText())));
        Instant updated = Instant.ofEpochSecond(
                secret.get("seconds").asLong(), secret.get("nanos").asLong());
        return new StructValue(
                SECRET,
                List.of(
                        MapValue.of(TAGS, tags),
                        StringValue.of(secret.get("version").asText()),
                        new TimeValue(updated)));
    }

    private StringValue value(List<Value> arguments) throws FunctionException {
        String id = text(arguments.getFirst());
        String value = values.get(id);
        if (value == null) {
            throw new FunctionException("no secret " + id);
        }
        return StringValue.of(value);
    }

    private Value object(List<Value> arguments) throws FunctionException {
        String id = text(arguments.getFirst());
        String raw = values.get(id);
        if (raw == null) {
            throw new FunctionException("failed retrieving value for secret " + id);
        }
        try {
            Object tree = GoJson.read(raw);
            if (tree == null) {
                return MapValue.nil(OBJECT);
            }
            if (!(tree instanceof Map)) {
                throw new IOException("no object");
            }
            return JsonValues.of(tree);
        } catch (IOException e) {
            throw new FunctionException("secret " + id + " does not contain a valid JSON");
        }
    }

    private static MapValue filtered(List<Value> arguments) {
        Map<StringValue, Value> kept = new HashMap<>();
        ((MapValue) arguments.get(0)).entries().forEach((name, secret) -> {
            MapValue tags = (MapValue) ((StructValue) secret).fields().getFirst();
            if (tags.get((StringValue) arguments.get(1)) != null) {
                kept.put(name, secret);
            }
        });
        return MapValue.of(SECRETS, kept);
    }

    private static StringValue base64(List<Value> arguments) throws FunctionException {
        if (!(arguments.getFirst() instanceof StringValue text)) {
            String type = arguments.getFirst().type() == Type.Basic.ANY
                    ? "nil"
                    : arguments.getFirst().type().goName();
            throw new FunctionException("interface conversion: interface {} is " + type + ", not string");
        }
        return StringValue.of(Base64.getEncoder().encode(text.bytes()));
    }

    private static StringValue indent(List<Value> arguments) throws FunctionException {
        long spaces = ((IntValue) arguments.get(0)).value();
        if (spaces < 0) {
            throw new FunctionException("strings: negative Repeat count");
        }
        // Bytes as Latin-1, to keep them.
        String text = new String(((StringValue) arguments.get(1)).bytes(), StandardCharsets.ISO_8859_1);
        String pad = " ".repeat((int) spaces);
        String indented = pad + text.replace("\n", "\n" + pad);
        return StringValue.of(indented.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(Value value) {
        return ((StringValue) value).text();
    }
}
