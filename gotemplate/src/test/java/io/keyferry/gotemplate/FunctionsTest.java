package io.keyferry.gotemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyferry.gotemplate.value.IntValue;
import io.keyferry.gotemplate.value.NilValue;
import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.Type.Basic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FunctionsTest {
    private static String run(String text, FunctionTable<RuntimeException> functions) throws TemplateException {
        return Executing.output(text, functions, TemplateLimits.DEFAULT);
    }

    @Test
    void argumentsAreOfTheTypesOfTheSignature() throws TemplateException {
        FunctionTable<RuntimeException> functions = FunctionTable.<RuntimeException>builder()
                .add("repeat", Signature.of(Basic.STRING, Basic.INT, Basic.STRING), arguments -> {
                    int times = (int) ((IntValue) arguments.getFirst()).value();
                    return StringValue.of(
                            ((StringValue) arguments.get(1)).text().repeat(times));
                })
                .build();

        assertThat(run("{{repeat 2 .s}} {{.s | repeat 1e0}} {{repeat 'a' `` | len}}", functions))
                .isEqualTo("strstr str 0");
        assertThatThrownBy(() -> run("{{repeat .n .s}}", functions))
                .hasMessage(
                        "template: t:1:9: executing \"t\" at <.n>: wrong type for value; expected int; got float64");
        assertThatThrownBy(() -> run("{{repeat 1.5 .s}}", functions))
                .hasMessage("template: t:1:9: executing \"t\" at <1.5>: expected integer; found 1.5");
        assertThatThrownBy(() -> run("{{repeat 1}}", functions))
                .hasMessage(
                        "template: t:1:2: executing \"t\" at <repeat>: wrong number of args for repeat: want 2 got 1");
    }

    @Test
    void whatIsMissingIsNilForAnInterface() throws TemplateException {
        FunctionTable<RuntimeException> functions = FunctionTable.<RuntimeException>builder()
                .add(
                        "isNil",
                        Signature.of(Basic.BOOL, Basic.ANY),
                        arguments -> io.keyferry.gotemplate.value.BoolValue.of(arguments.getFirst() == NilValue.NIL))
                .build();

        assertThat(run("{{isNil .x}}{{isNil .null}}{{isNil nil}}{{isNil .s}}", functions))
                .isEqualTo("truetruetruefalse");
    }

    @Test
    void aFailingFunctionFailsTheTemplate() {
        FunctionTable<RuntimeException> functions = FunctionTable.<RuntimeException>builder()
                .add("fail", Signature.of(Basic.STRING), _ -> {
                    throw new FunctionException("boom");
                })
                .build();

        assertThatThrownBy(() -> run("a{{fail}}", functions))
                .isInstanceOf(TemplateException.class)
                .hasMessage("template: t:1:3: executing \"t\" at <fail>: error calling fail: boom");
    }

    @Test
    void otherExceptionsPassUnharmed() throws TemplateException {
        IOException problem = new IOException("broken");
        FunctionTable<IOException> broken = FunctionTable.<IOException>builder()
                .add("read", Signature.of(Basic.STRING), _ -> {
                    throw problem;
                })
                .build();
        FunctionTable<IOException> interrupted = FunctionTable.<IOException>builder()
                .add("read", Signature.of(Basic.STRING), _ -> {
                    throw new InterruptedException();
                })
                .build();
        Template template =
                Template.parse("t", "{{range .list}}{{print (read)}}{{end}}", Set.of("read"), TemplateLimits.DEFAULT);

        assertThatThrownBy(() -> template.execute(Executing.data(), broken)).isSameAs(problem);
        assertThatThrownBy(() -> template.execute(Executing.data(), interrupted))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void aFunctionMayTakeThePlaceOfOneOfGo() throws TemplateException {
        FunctionTable<RuntimeException> functions = FunctionTable.<RuntimeException>builder()
                .add("len", Signature.of(Basic.STRING, Basic.ANY), _ -> StringValue.of("long"))
                .add("break", Signature.of(Basic.STRING), _ -> StringValue.of("broken"))
                .build();

        assertThat(run("{{len .s}} {{break}}", functions)).isEqualTo("long broken");
    }

    @Test
    void outputIsBytes() throws Exception {
        byte[] output = Template.parse("t", "{{slice `é` 1}}{{\"\\xff\"}}", Set.of(), TemplateLimits.DEFAULT)
                .execute(Executing.data(), FunctionTable.none());

        assertThat(output).containsExactly(0xa9, 0xff);
        assertThat(new String(output, StandardCharsets.ISO_8859_1)).hasSize(2);
    }

    @Test
    void anUnknownFunctionIsNotRead() {
        assertThatThrownBy(() -> run("{{toUpper .s}}", FunctionTable.none()))
                .hasMessage("template: t:1: function \"toUpper\" not defined");
    }
}
