package io.keyferry.dialect.syncedsecret;

import io.keyferry.engine.RecipeException;
import io.keyferry.gotemplate.FunctionException;
import io.keyferry.gotemplate.FunctionTable;
import io.keyferry.gotemplate.Signature;
import io.keyferry.gotemplate.value.IntValue;
import io.keyferry.gotemplate.value.MapValue;
import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.Type;
import io.keyferry.gotemplate.value.Value;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The functions that templates have besides Go's own. */
final class TemplateFunctions {
    private static final int LONGEST = 1 << 20;

    private TemplateFunctions() {}

    static FunctionTable<RecipeException> of(SecretValues values) {
        return FunctionTable.<RecipeException>builder()
                .add(
                        "getSecretValue",
                        Signature.of(Type.Basic.STRING, Type.Basic.STRING),
                        arguments -> StringValue.of(values.text(text(arguments.getFirst()))))
                .add(
                        "getSecretValueMap",
                        Signature.of(new Type.MapOf(Type.Basic.ANY), Type.Basic.STRING),
                        arguments -> values.members(text(arguments.getFirst())))
                .add(
                        "filterByTagKey",
                        Signature.of(TemplateData.SECRETS, TemplateData.SECRETS, Type.Basic.STRING),
                        arguments -> TemplateData.withTag((MapValue) arguments.get(0), (StringValue) arguments.get(1)))
                .add(
                        "base64",
                        Signature.of(Type.Basic.STRING, Type.Basic.ANY),
                        arguments -> base64(arguments.getFirst()))
                .add(
                        "indent",
                        Signature.of(Type.Basic.STRING, Type.Basic.INT, Type.Basic.STRING),
                        arguments -> indent((IntValue) arguments.get(0), (StringValue) arguments.get(1)))
                .build();
    }

    private static String text(Value name) {
        return ((StringValue) name).text();
    }

    private static Value base64(Value value) throws FunctionException {
        if (value instanceof StringValue string) {
            return StringValue.of(Base64.getEncoder().encode(string.bytes()));
        }
        throw new FunctionException("base64 takes a string, not " + value.type().goName());
    }

    /** Pads before the text and after each of its line feeds. */
    private static Value indent(IntValue width, StringValue text) throws FunctionException {
        long lines = 1;
        for (int i = 0; i < text.length(); i++) {
            lines += text.byteAt(i) == '\n' ? 1 : 0;
        }
        if (width.value() < 0) {
            throw new FunctionException("indent takes no negative width");
        }
        if (width.value() > LONGEST || lines * width.value() + text.length() > LONGEST) {
            throw new FunctionException("indent makes a text of more than %d bytes".formatted(LONGEST));
        }
        byte[] pad = new byte[(int) width.value()];
        Arrays.fill(pad, (byte) ' ');
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(pad);
        for (byte b : text.bytes()) {
            out.write(b);
            if (b == '\n') {
                out.writeBytes(pad);
            }
        }
        return StringValue.of(out.toByteArray());
    }

    static List<String> names() {
        return List.of("getSecretValue", "getSecretValueMap", "filterByTagKey", "base64", "indent");
    }
}
