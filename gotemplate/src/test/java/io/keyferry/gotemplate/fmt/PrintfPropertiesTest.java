package io.keyferry.gotemplate.fmt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.keyferry.gotemplate.value.FloatValue;
import io.keyferry.gotemplate.value.IntValue;
import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PrintfPropertiesTest {
    private static final int LARGEST_OUTPUT = 1 << 20;

    private static StringValue printf(String format, Value... arguments) {
        return printf(StringValue.of(format), List.of(arguments));
    }

    private static StringValue printf(StringValue format, List<Value> arguments) {
        int[] room = {LARGEST_OUTPUT};
        Sink out = new Sink(bytes -> {
            room[0] -= (int) bytes;
            if (room[0] < 0) {
                throw new IllegalStateException("too much");
            }
        });
        Fmt.printf(format, arguments, out);
        return out.toValue();
    }

    @Property
    void integersReadBack(@ForAll long number) {
        assertThat(printf("%d", IntValue.of(number)).text()).isEqualTo(Long.toString(number));
        assertThat(Long.decode(printf("%#x", IntValue.of(number)).text())).isEqualTo(number);
        assertThat(Long.parseLong(printf("%+b", IntValue.of(number)).text(), 2)).isEqualTo(number);
    }

    @Property
    void widthIsTheLeast(@ForAll long number, @ForAll @IntRange(max = 60) int width) {
        int length = Long.toString(number).length();
        for (String flag : List.of("", "-", "0")) {
            assertThat(printf("%" + flag + "*d", IntValue.of(width), IntValue.of(number))
                            .text()
                            .trim())
                    .endsWith(Long.toString(Math.abs(number % 10)))
                    .satisfies(text -> assertThat(text.length()).isBetween(length, Math.max(length, width)));
            assertThat(printf("%" + flag + "*d", IntValue.of(width), IntValue.of(number))
                            .length())
                    .isEqualTo(Math.max(length, width));
        }
    }

    @Property
    void shortestFloatsReadBack(@ForAll("finite") double number) {
        for (String verb : List.of("%v", "%g", "%G", "%x", "%.17e", "%.17g", "%.16x")) {
            assertThat(Double.parseDouble(printf(verb, new FloatValue(number)).text()))
                    .as(verb)
                    .isEqualTo(number);
        }
    }

    @Property
    void floatsAreRoundedExactly(@ForAll("finite") double number, @ForAll @IntRange(max = 400) int precision) {
        BigDecimal expected = new BigDecimal(Math.abs(number)).setScale(precision, RoundingMode.HALF_EVEN);
        String sign = Double.doubleToRawLongBits(number) < 0 ? "-" : "";
        assertThat(printf("%." + precision + "f", new FloatValue(number)).text())
                .isEqualTo(sign + expected.toPlainString());
    }

    @Property
    void stringsInHexadecimalReadBack(@ForAll byte[] bytes) {
        assertThat(HexFormat.of().parseHex(printf("%x", StringValue.of(bytes)).text()))
                .isEqualTo(bytes);
        assertThat(printf("%s", StringValue.of(bytes))).isEqualTo(StringValue.of(bytes));
    }

    @Property
    void quotedStringsArePrintable(@ForAll byte[] bytes) {
        assertThat(new String(printf("%+q", StringValue.of(bytes)).bytes(), StandardCharsets.ISO_8859_1))
                .matches("\"[ -~]*\"");
    }

    @Property(tries = 5_000)
    void noFormatFails(@ForAll("formats") String format, @ForAll("arguments") List<Value> arguments) {
        // That it ends, with text or at the limit, is what is asked.
        try {
            assertThat(printf(StringValue.of(format), arguments).length()).isLessThanOrEqualTo(LARGEST_OUTPUT);
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("too much");
        }
    }

    @Example
    void aMeterStopsWideOutput() {
        Value one = new FloatValue(1);
        for (String format : List.of("%9999999v", "%.9999999f", "%-9999999v", "%#.9999999g", "%09999999e")) {
            assertThatIllegalStateException().isThrownBy(() -> printf(format, one));
        }
        for (String format : List.of("%9999999d", "%.9999999x", "%09999999b")) {
            assertThatIllegalStateException().isThrownBy(() -> printf(format, IntValue.of(1)));
        }
    }

    @Provide
    Arbitrary<Double> finite() {
        return Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
    }

    @Provide
    Arbitrary<String> formats() {
        return Arbitraries.strings()
                .withChars("%%%%vdsqxXTtbcoOUeEfFgG+-# 0123456789.*[]z\u00e9")
                .ofMaxLength(24);
    }

    @Provide
    Arbitrary<List<Value>> arguments() {
        return Arbitraries.of(TableValues.all()).list().ofMaxSize(4);
    }
}
