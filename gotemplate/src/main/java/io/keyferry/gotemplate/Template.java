package io.keyferry.gotemplate;

import io.keyferry.gotemplate.parse.Node;
import io.keyferry.gotemplate.parse.SyntaxException;
import io.keyferry.gotemplate.parse.TemplateParser;
import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A template in the language of Go 1.23's text/template, read once and executed as often as wanted by any thread. It
 * yields the bytes that Go yields, and fails where Go fails.
 *
 * <pre>{@code
 * FunctionTable<IOException> functions = FunctionTable.<IOException>builder()
 *         .add("read", Signature.of(Type.Basic.STRING, Type.Basic.STRING), arguments -> read(arguments.getFirst()))
 *         .build();
 * Template template = Template.parse("greeting", "Hello {{read .name}}", functions.names(), TemplateLimits.DEFAULT);
 * byte[] output = template.execute(data, functions);
 * }</pre>
 *
 * <p>Of the methods of Go's times those that have to do with places on earth are missing; to use one is an error.
 */
public final class Template {
    private final String name;
    private final String source;
    private final Map<StringValue, Node.Sequence> roots;
    private final TemplateLimits limits;

    private Template(String name, String source, Map<StringValue, Node.Sequence> roots, TemplateLimits limits) {
        this.name = name;
        this.source = source;
        this.roots = roots;
        this.limits = limits;
    }

    /**
     * Reads a template.
     *
     * @param name how messages call it
     * @param functions the names of those that it may call besides Go's own, as {@link FunctionTable#names} gives them
     * @throws TemplateException if the text is no template, or a limit does not allow for it
     */
    public static Template parse(String name, String text, Set<String> functions, TemplateLimits limits)
            throws TemplateException {
        // Half of a surrogate pair is no text; from here on there is none.
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > limits.sourceBytes()) {
            throw new TemplateException(
                    "template: " + name + ": text is larger than " + limits.sourceBytes() + " bytes", null);
        }
        String source = new String(bytes, StandardCharsets.UTF_8);
        Set<String> known = new HashSet<>(Builtins.NAMES);
        known.addAll(functions);
        try {
            return new Template(name, source, TemplateParser.parse(name, source, known, limits.nesting()), limits);
        } catch (SyntaxException e) {
            throw new TemplateException(e.problem(), e);
        }
    }

    /**
     * Executes the template.
     *
     * @param root the data, which the template calls {@code .} and {@code $}
     * @param functions at least those by whose names it was read
     * @return all output
     * @throws TemplateException where Go fails, or when a limit is reached; there is no output then
     * @throws InterruptedException if a function does
     * @throws X if a function does
     */
    public <X extends Exception> byte[] execute(Value root, FunctionTable<X> functions)
            throws TemplateException, InterruptedException, X {
        Trace trace = new Trace(name, source);
        try {
            return new Executor<>(roots, functions, limits, trace).run(StringValue.of(name), root);
        } catch (LimitException e) {
            throw trace.error(e.problem());
        }
    }
}
