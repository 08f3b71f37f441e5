package io.keyferry.gotemplate.parse;

import io.keyferry.gotemplate.fmt.Fmt;
import io.keyferry.gotemplate.value.StringValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the parsers of the templates of one text share. */
final class Source {
    private final String name;
    private final Lexer lexer;
    private final Set<String> functions;
    private final int maxNesting;
    private final Map<StringValue, Node.Sequence> templates = new HashMap<>();
    private final Set<StringValue> showing = new HashSet<>();
    private int nesting;

    Source(String name, String text, Set<String> functions, int maxNesting) {
        this.name = name;
        this.lexer = new Lexer(text, functions);
        this.functions = functions;
        this.maxNesting = maxNesting;
    }

    Lexer lexer() {
        return lexer;
    }

    boolean hasFunction(String function) {
        return functions.contains(function);
    }

    Map<StringValue, Node.Sequence> templates() {
        return templates;
    }

    /** The place of an action that began on {@code line}. */
    String place(int line) {
        return name + ":" + line;
    }

    SyntaxException error(int line, String message) {
        return new SyntaxException("template: " + place(line) + ": " + message);
    }

    /** To be paired with {@link #leave}. */
    void enter(int line) throws SyntaxException {
        nesting++;
        if (nesting > maxNesting) {
            throw error(line, "exceeded maximum nesting depth (" + maxNesting + ")");
        }
    }

    void leave() {
        nesting--;
    }

    /** A template that shows nothing gives way to another one of its name. */
    void add(StringValue template, Node.Sequence root, int line) throws SyntaxException {
        if (isEmpty(root)) {
            if (!showing.contains(template)) {
                templates.put(template, root);
            }
        } else if (showing.add(template)) {
            templates.put(template, root);
        } else {
            throw error(line, "template: multiple definition of template " + Fmt.quote(template));
        }
    }

    private static boolean isEmpty(Node.Sequence sequence) {
        return sequence.nodes().stream().allMatch(node -> node instanceof Node.Text text && isBlank(text.text()));
    }

    private static boolean isBlank(StringValue text) {
        return text.text().codePoints().allMatch(Source::isSpace);
    }

    private static boolean isSpace(int c) {
        return switch (c) {
            case '\t', '\n', 0x0b, '\f', '\r', 0x85 -> true;
            default -> Character.isSpaceChar(c);
        };
    }
}
