package io.keyferry.gotemplate.fmt;

import io.keyferry.gotemplate.value.BoolValue;
import io.keyferry.gotemplate.value.ComplexValue;
import io.keyferry.gotemplate.value.FloatValue;
import io.keyferry.gotemplate.value.IntValue;
import io.keyferry.gotemplate.value.JsonValues;
import io.keyferry.gotemplate.value.ListValue;
import io.keyferry.gotemplate.value.MapValue;
import io.keyferry.gotemplate.value.NilValue;
import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.StructValue;
import io.keyferry.gotemplate.value.TimeValue;
import io.keyferry.gotemplate.value.Type;
import io.keyferry.gotemplate.value.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The values of tools/template-oracle/printf.go, in its order. */
final class TableValues {
    private static final TimeValue AT = new TimeValue(Instant.parse("2025-02-03T04:05:06.789Z"));
    private static final Type.MapOf TAGS = new Type.MapOf(Type.Basic.STRING);
    private static final Type.Struct SECRET = new Type.Struct(
            "secretsmanager.PolledSecretMeta",
            List.of(
                    new Type.Field("Tags", TAGS),
                    new Type.Field("CurrentVersionID", Type.Basic.STRING),
                    new Type.Field("UpdatedAt", Type.Basic.TIME)));

    private TableValues() {}

    static List<Value> all() {
        List<Value> values = new ArrayList<>(List.of(NilValue.NIL, BoolValue.TRUE, BoolValue.FALSE));
        for (long number :
                new long[] {0, 7, -42, 255, 123456789, Long.MAX_VALUE, Long.MIN_VALUE, 0x1f600, 0xd800, 0x110000, 0x1b4e
                }) {
            values.add(IntValue.of(number));
        }
        values.add(new IntValue(Type.Basic.INT32, 'x'));
        values.add(new IntValue(Type.Basic.UINT8, 0));
        values.add(new IntValue(Type.Basic.UINT8, 200));
        values.add(new IntValue(Type.Basic.INT64, -5));
        for (double number : new double[] {
            0.0,
            -0.0,
            1.0,
            -1.5,
            0.1,
            3306.0,
            1e6,
            123456789.0,
            1e21,
            1e-7,
            2.5,
            0.5,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            Double.parseDouble("2e23"),
            1.0 / 3,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NaN,
            9007199254740992.0
        }) {
            values.add(new FloatValue(number));
        }
        values.add(new ComplexValue(1, -2.5));
        values.add(new ComplexValue(0, Double.POSITIVE_INFINITY));
        values.add(StringValue.EMPTY);
        values.add(StringValue.of("abc"));
        values.add(StringValue.of("h\u00e9llo \u65e5\u672c \ud83d\ude00"));
        values.add(StringValue.of("a\u00ffb\u00c3".getBytes(StandardCharsets.ISO_8859_1)));
        values.add(StringValue.of("q\"'\\`\n\t\0\u007f\u2028\ufeff\u00ad"));
        values.add(new IntValue(Type.Basic.MONTH, 2));
        values.add(new IntValue(Type.Basic.MONTH, 13));
        values.add(new IntValue(Type.Basic.WEEKDAY, 6));
        values.add(new IntValue(Type.Basic.WEEKDAY, -1));
        for (long nanos : new long[] {0, 1_500_000, -(5_400_000_000_000L + 1), Long.MIN_VALUE}) {
            values.add(new IntValue(Type.Basic.DURATION, nanos));
        }
        values.add(AT);
        values.add(TimeValue.ZERO);
        values.add(JsonValues.of(Arrays.asList(1, "two", true, null, List.of(1.5), Map.of("k", "v"))));
        values.add(JsonValues.of(List.of()));
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("z", 1);
        object.put("b", "x");
        object.put("m", null);
        object.put("\u00e9", List.of());
        values.add(JsonValues.of(object));
        values.add(JsonValues.of(Map.of()));
        values.add(MapValue.nil(TAGS));
        values.add(MapValue.of(TAGS, Map.of(StringValue.of("a"), StringValue.of("b"))));
        Type.ListOf bytes = new Type.ListOf(Type.Basic.UINT8);
        values.add(ListValue.of(
                bytes,
                List.of(
                        new IntValue(Type.Basic.UINT8, 'h'),
                        new IntValue(Type.Basic.UINT8, 'i'),
                        new IntValue(Type.Basic.UINT8, 255))));
        values.add(ListValue.nil(bytes));
        values.add(ListValue.of(
                List.of(new IntValue(Type.Basic.MONTH, 2), new IntValue(Type.Basic.DURATION, 1_000_000_000), AT)));
        values.add(MapValue.of(
                new Type.MapOf("secretsmanager.Secrets", SECRET),
                new TreeMap<>(Map.of(
                        StringValue.of("n"),
                        new StructValue(
                                SECRET,
                                List.of(
                                        MapValue.of(TAGS, Map.of(StringValue.of("t"), StringValue.EMPTY)),
                                        StringValue.of("v2"),
                                        AT))))));
        values.add(SECRET.zero());
        return values;
    }
}
