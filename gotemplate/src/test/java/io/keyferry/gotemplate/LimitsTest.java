package io.keyferry.gotemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.Type;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
    private static final int STACK = 512 << 10;
    private static final int DEEP = 100_000;

    /** What a template yields, or fails with, on a small stack, with room for a long text. */
    private static String run(String text) throws InterruptedException {
        TemplateLimits usual = TemplateLimits.DEFAULT;
        TemplateLimits limits = new TemplateLimits(
                8 << 20,
                usual.nesting(),
                usual.depth(),
                usual.outputBytes(),
                usual.workBytes(),
                1_000_000,
                usual.nanos(),
                usual.clock());
        AtomicReference<String> outcome = new AtomicReference<>("");
        Runnable execution = () -> {
            try {
                outcome.set(Executing.output(text, FunctionTable.none(), limits));
            } catch (TemplateException e) {
                outcome.set(String.valueOf(e.getMessage()));
            } catch (StackOverflowError e) {
                outcome.set("stack overflow");
            }
        };
        Thread thread = new Thread(null, execution, "template", STACK);
        thread.start();
        thread.join(Duration.ofSeconds(60));
        return outcome.get();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{if 1}}",
                "{{with 1}}",
                "{{range .list}}",
                "{{if 0}}{{else if 1}}",
                "{{block `b` .}}",
                "{{/* c */}}{{if 1}}",
            })
    void deepActionsAreAnError(String open) throws InterruptedException {
        assertThat(run(open.repeat(DEEP))).endsWith("exceeded maximum nesting depth (100)");
    }

    @Test
    void deepParenthesesAreAnError() throws InterruptedException {
        assertThat(run("{{" + "(".repeat(DEEP))).isEqualTo("template: t:1: exceeded maximum nesting depth (100)");
        assertThat(run("{{" + "print (".repeat(DEEP) + "1" + ")".repeat(DEEP) + "}}"))
                .isEqualTo("template: t:1: exceeded maximum nesting depth (100)");
        assertThat(run("{{if 0}}" + "{{else if 0}}".repeat(DEEP) + "{{end}}"))
                .isEqualTo("template: t:1: exceeded maximum nesting depth (100)");
    }

    @Test
    void asDeepAsAllowedFitsASmallStack() throws InterruptedException {
        int nesting = TemplateLimits.DEFAULT.nesting();
        assertThat(run("{{" + "print (".repeat(nesting) + "1" + ")".repeat(nesting) + "}}"))
                .isEqualTo("1");
        assertThat(run("{{range $.list}}".repeat(nesting - 1) + "{{end}}".repeat(nesting - 1)))
                .endsWith("exceeded 1000000 steps");
        assertThat(run("{{if 1}}".repeat(nesting) + "x" + "{{end}}".repeat(nesting)))
                .isEqualTo("x");
        assertThat(run("{{with 1}}".repeat(nesting / 2) + "{{" + "not (not (".repeat(nesting / 4) + "1"
                        + "))".repeat(nesting / 4) + "}}" + "{{end}}".repeat(nesting / 2)))
                .isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{template `t` .}}",
                "{{define `x`}}{{range .}}{{template `x` $}}{{end}}{{end}}{{template `x` .list}}",
                "{{define `x`}}{{template `x` (print (print (print 1)))}}{{end}}{{template `x` .}}",
                "{{define `x`}}{{template `y`}}{{end}}{{define `y`}}{{if 1}}{{with 2}}{{template `x`}}{{end}}{{end}}{{end}}{{template `x` .}}",
            })
    void endlessCallsAreAnError(String text) throws InterruptedException {
        assertThat(run(text)).endsWith("exceeded maximum template depth (200)");
    }

    @Test
    void aLongTextIsAnError() {
        String text = "a".repeat(1 << 20);
        assertThat(Executing.run(text)).isEqualTo("template: t: text is larger than 262144 bytes");
    }

    @Test
    void longFlatTextsAreRead() throws InterruptedException {
        assertThat(run("{{/* c */}}".repeat(DEEP))).isEmpty();
        assertThat(run("{{define `x`}}" + " ".repeat(DEEP) + "x{{end}}" + "{{define `x`}}{{end}}".repeat(DEEP)))
                .isEmpty();
        assertThat(run("{{$x := 1}}".repeat(DEEP) + "{{$x}}")).isEqualTo("1");
        assertThat(run("{{.x" + ".x".repeat(DEEP) + "}}")).isEqualTo("<no value>");
        assertThat(run("{{1" + "|print".repeat(DEEP) + "}}")).isEqualTo("1");
        assertThat(run("{{print " + "`` ".repeat(DEEP) + "}}")).isEmpty();
        assertThat(run("{{- /**/ -}} ".repeat(DEEP))).isEmpty();
        assertThat(run("{{" + "9".repeat(DEEP) + "}}")).startsWith("template: t:1: illegal number syntax");
        assertThat(run("{{" + "9".repeat(DEEP) + "e-99999}}")).startsWith("template: t:1: illegal number syntax");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{range $.list}}{{range $.list}}{{range $.list}}{{range $.list}}{{range $.list}}"
                        + "{{range $.list}}{{range $.list}}{{range $.list}}{{range $.list}}{{range $.list}}"
                        + "{{end}}{{end}}{{end}}{{end}}{{end}}{{end}}{{end}}{{end}}{{end}}{{end}}",
            })
    void endlessWorkIsAnError(String text) throws InterruptedException {
        assertThat(run(text)).endsWith("exceeded 1000000 steps");
    }

    @Test
    void comparingLongStringsCounts() throws InterruptedException {
        assertThat(run("{{$x := printf `%900000d` 1}}{{$y := print $x}}{{range .list}}{{range $.list}}{{range $.list}}"
                        + "{{range $.list}}{{range $.list}}{{$z := eq $x $y}}{{end}}{{end}}{{end}}{{end}}{{end}}"))
                .endsWith("exceeded 1000000 steps");
    }

    @Test
    void aWideNumberIsAsInGo() throws InterruptedException {
        assertThat(run("{{printf `%1000000000d` 1}}")).isEqualTo("%!(NOVERB)%!(EXTRA int=1)");
    }

    @Test
    void longResultsAreAnError() throws InterruptedException {
        assertThat(run("{{printf `%1000000d` 1}}{{printf `%1000000d` 1}}")).endsWith(">: output exceeds 1048576 bytes");
        assertThat(run("{{$x := printf `" + "%1000000[1]d".repeat(1000) + "` 1}}"))
                .endsWith(">: strings exceed 8388608 bytes");
        assertThat(run("{{$x := `ab`}}" + "{{$x = print $x $x}}".repeat(64)))
                .endsWith(">: strings exceed 8388608 bytes");
        assertThat(run("{{$x := .s}}" + "{{$x = printf `%q` $x}}".repeat(64)))
                .endsWith(">: strings exceed 8388608 bytes");
        assertThat(run("{{$x := `<<`}}" + "{{$x = html $x}}{{$x = js $x}}".repeat(64)))
                .endsWith(">: strings exceed 8388608 bytes");
        assertThat(
                        run(
                                "{{$x := printf `%1000000d` 1}}{{range .list}}{{range $.list}}{{$y := slice $x 1}}{{end}}{{end}}"))
                .endsWith(">: strings exceed 8388608 bytes");
    }

    @Test
    void timeIsLimited() {
        AtomicLong now = new AtomicLong();
        TemplateLimits usual = TemplateLimits.DEFAULT;
        TemplateLimits limits = new TemplateLimits(
                usual.sourceBytes(),
                usual.nesting(),
                usual.depth(),
                usual.outputBytes(),
                usual.workBytes(),
                usual.steps(),
                1_000_000,
                () -> now.getAndAdd(100_000));

        assertThat(runWith("{{1}}", limits)).isEqualTo("1");
        assertThat(runWith("{{1}}".repeat(1000), limits)).contains("exceeded 1 ms");
    }

    @Test
    void whatFunctionsMakeCounts() {
        StringValue large = StringValue.of(new byte[1 << 20]);
        FunctionTable<RuntimeException> functions = FunctionTable.<RuntimeException>builder()
                .add("large", Signature.of(Type.Basic.STRING), _ -> large)
                .build();

        assertThatThrownBy(() -> Executing.output(
                        "{{range .list}}{{range $.list}}{{$x := large}}{{end}}{{end}}",
                        functions,
                        TemplateLimits.DEFAULT))
                .hasMessageEndingWith("at <large>: strings exceed 8388608 bytes");
    }

    private static String runWith(String text, TemplateLimits limits) {
        try {
            return Executing.output(text, FunctionTable.none(), limits);
        } catch (TemplateException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
