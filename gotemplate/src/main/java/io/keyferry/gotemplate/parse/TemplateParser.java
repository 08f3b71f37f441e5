package io.keyferry.gotemplate.parse;

import io.keyferry.gotemplate.value.StringValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one template: the whole text, or a {@code define} or {@code block} in it. */
public final class TemplateParser {
    private static final String BLOCK = "block clause";
    private static final String DEFINE = "define clause";

    private final Source source;
    private final TokenStream tokens;
    private final VariableNames variables = new VariableNames();
    private final PipelineParser pipelines;
    private int openRanges;

    private TemplateParser(Source source) {
        this.source = source;
        this.tokens = new TokenStream(source.lexer());
        this.pipelines = new PipelineParser(source, tokens, variables);
    }

    /**
     * Reads a text and all templates that it defines.
     *
     * @param name of the template that is the text itself
     * @param functions the names of those that may be called
     * @param maxNesting how deep actions and parentheses may stand in one another
     * @return the templates by name, {@code name} among them
     */
    public static Map<StringValue, Node.Sequence> parse(String name, String text, Set<String> functions, int maxNesting)
            throws SyntaxException {
        Source source = new Source(name, text, functions, maxNesting);
        new TemplateParser(source).text(name);
        return Map.copyOf(source.templates());
    }

    private void text(String name) throws SyntaxException {
        List<Node> nodes = new ArrayList<>();
        while (tokens.peek().kind() != TokenKind.EOF) {
            Token first = tokens.next();
            if (first.kind() == TokenKind.LEFT_DELIMITER) {
                Token word = tokens.nextNonSpace();
                if (word.kind() == TokenKind.DEFINE) {
                    new TemplateParser(source).definition();
                    continue;
                }
                tokens.pushBack(word);
            }
            tokens.pushBack(first);
            switch (item()) {
                case Item.Stop stop -> throw error("unexpected " + stop.shown());
                case Item.Part part -> nodes.add(part.node());
            }
        }
        source.add(StringValue.of(name), new Node.Sequence(0, nodes), tokens.line());
    }

    private void definition() throws SyntaxException {
        StringValue name = templateName(tokens.nextNonSpace(), DEFINE);
        pipelines.expect(TokenKind.RIGHT_DELIMITER, DEFINE);
        source.add(name, whole(this, DEFINE), tokens.line());
    }

    /** The body up to its {@code end}; {@code teller} is the parser at whose line another end is an error. */
    private Node.Sequence whole(TemplateParser teller, String context) throws SyntaxException {
        Body body = body();
        if (body.stop() != Item.Stop.END) {
            throw teller.error("unexpected " + body.stop().shown() + " in " + context);
        }
        return body.sequence();
    }

    private record Body(Node.Sequence sequence, Item.Stop stop) {}

    private Body body() throws SyntaxException {
        int position = tokens.peekNonSpace().position();
        List<Node> nodes = new ArrayList<>();
        while (tokens.peekNonSpace().kind() != TokenKind.EOF) {
            switch (item()) {
                case Item.Stop stop -> {
                    return new Body(new Node.Sequence(position, nodes), stop);
                }
                case Item.Part part -> nodes.add(part.node());
            }
        }
        throw error("unexpected EOF");
    }

    private Item item() throws SyntaxException {
        Token token = tokens.nextNonSpace();
        return switch (token.kind()) {
            case TEXT -> new Item.Part(new Node.Text(token.position(), StringValue.of(token.text())));
            case LEFT_DELIMITER -> {
                pipelines.beginAction(token.line());
                Item item = action();
                pipelines.endAction();
                yield item;
            }
            default -> throw pipelines.unexpected(token, "input");
        };
    }

    private Item action() throws SyntaxException {
        Token token = tokens.nextNonSpace();
        return switch (token.kind()) {
            case END -> {
                pipelines.expect(TokenKind.RIGHT_DELIMITER, "end");
                yield Item.Stop.END;
            }
            case ELSE -> otherwise();
            case BLOCK -> new Item.Part(block());
            case BREAK -> new Item.Part(loopControl("{{break}}", new Node.Break(token.position())));
            case CONTINUE -> new Item.Part(loopControl("{{continue}}", new Node.Continue(token.position())));
            case IF, WITH, RANGE -> new Item.Part(branch(token.kind(), token.text()));
            case TEMPLATE -> new Item.Part(call());
            default -> {
                tokens.pushBack(token);
                yield new Item.Part(
                        new Node.Action(token.position(), pipelines.pipeline("command", TokenKind.RIGHT_DELIMITER)));
            }
        };
    }

    /** The {@code if} or {@code with} that may follow is left to the branch that ends here. */
    private Item otherwise() throws SyntaxException {
        TokenKind next = tokens.peekNonSpace().kind();
        if (next != TokenKind.IF && next != TokenKind.WITH) {
            pipelines.expect(TokenKind.RIGHT_DELIMITER, "else");
        }
        return Item.Stop.ELSE;
    }

    private Node loopControl(String shown, Node node) throws SyntaxException {
        Token token = tokens.nextNonSpace();
        if (token.kind() != TokenKind.RIGHT_DELIMITER) {
            throw pipelines.unexpected(token, shown);
        }
        if (openRanges == 0) {
            throw error(shown + " outside {{range}}");
        }
        return node;
    }

    private Node branch(TokenKind kind, String word) throws SyntaxException {
        source.enter(tokens.line());
        int mark = variables.mark();
        Node.Pipe pipe = pipelines.pipeline(word, TokenKind.RIGHT_DELIMITER);
        openRanges += kind == TokenKind.RANGE ? 1 : 0;
        Body body = body();
        openRanges -= kind == TokenKind.RANGE ? 1 : 0;
        Node.Sequence otherwise = body.stop() == Item.Stop.ELSE ? otherwise(kind, word) : null;
        variables.dropTo(mark);
        source.leave();
        return switch (kind) {
            case IF -> new Node.If(pipe.position(), pipe, body.sequence(), otherwise);
            case WITH -> new Node.With(pipe.position(), pipe, body.sequence(), otherwise);
            default -> new Node.Range(pipe.position(), pipe, body.sequence(), otherwise);
        };
    }

    /** An {@code else if} is an {@code if} within the {@code else} that shares its end. */
    private Node.@Nullable Sequence otherwise(TokenKind kind, String word) throws SyntaxException {
        Token next = tokens.peek();
        if (kind != TokenKind.RANGE && next.kind() == kind) {
            Token token = tokens.next();
            return new Node.Sequence(token.position(), List.of(branch(kind, word)));
        }
        Body body = body();
        if (body.stop() != Item.Stop.END) {
            throw error("expected end; found " + body.stop().shown());
        }
        return body.sequence();
    }

    private Node call() throws SyntaxException {
        Token token = tokens.nextNonSpace();
        StringValue name = templateName(token, "template clause");
        Token next = tokens.nextNonSpace();
        if (next.kind() == TokenKind.RIGHT_DELIMITER) {
            return new Node.Call(token.position(), name, null);
        }
        tokens.pushBack(next);
        return new Node.Call(token.position(), name, pipelines.pipeline("template clause", TokenKind.RIGHT_DELIMITER));
    }

    private Node block() throws SyntaxException {
        source.enter(tokens.line());
        Token token = tokens.nextNonSpace();
        StringValue name = templateName(token, BLOCK);
        Node.Pipe pipe = pipelines.pipeline(BLOCK, TokenKind.RIGHT_DELIMITER);
        TemplateParser inner = new TemplateParser(source);
        Node.Sequence root = inner.whole(this, BLOCK);
        source.add(name, root, inner.tokens.line());
        source.leave();
        return new Node.Call(token.position(), name, pipe);
    }

    private StringValue templateName(Token token, String context) throws SyntaxException {
        if (token.kind() != TokenKind.STRING && token.kind() != TokenKind.RAW_STRING) {
            throw pipelines.unexpected(token, context);
        }
        return pipelines.unquote(token);
    }

    private SyntaxException error(String message) {
        return source.error(tokens.line(), message);
    }
}
