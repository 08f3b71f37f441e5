package io.keyferry.gotemplate.parse;

import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotext.GoQuote;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what stands inside an action. */
final class PipelineParser {
    private final Source source;
    private final TokenStream tokens;
    private final VariableNames variables;
    private int actionLine;

    PipelineParser(Source source, TokenStream tokens, VariableNames variables) {
        this.source = source;
        this.tokens = tokens;
        this.variables = variables;
    }

    void beginAction(int line) {
        actionLine = line;
    }

    void endAction() {
        actionLine = 0;
    }

    /** Reads up to and with a token of kind {@code end}; {@code context} is what messages call the pipeline. */
    Node.Pipe pipeline(String context, TokenKind end) throws SyntaxException {
        int position = tokens.peekNonSpace().position();
        List<Node.Variable> declared = new ArrayList<>();
        boolean assigns = declarations(context, declared);
        List<Node.Command> commands = new ArrayList<>();
        while (true) {
            Token token = tokens.nextNonSpace();
            if (token.kind() == end) {
                checkStages(commands, context);
                return new Node.Pipe(position, declared, assigns, commands);
            }
            if (!token.kind().startsOperand()) {
                throw unexpected(token, context);
            }
            tokens.pushBack(token);
            commands.add(command());
        }
    }

    /** Whether the variables in front are assigned to; there may be none. */
    private boolean declarations(String context, List<Node.Variable> declared) throws SyntaxException {
        while (tokens.peekNonSpace().kind() == TokenKind.VARIABLE) {
            Token variable = tokens.next();
            Token after = tokens.peek();
            Token next = tokens.peekNonSpace();
            boolean comma = next.kind() == TokenKind.CHARACTER && next.text().equals(",");
            if (next.kind() != TokenKind.ASSIGN && next.kind() != TokenKind.DECLARE && !comma) {
                // The variable is an argument, and the space behind it counts.
                if (after.kind() == TokenKind.SPACE) {
                    tokens.pushBack(after);
                }
                tokens.pushBack(variable);
                return false;
            }
            tokens.nextNonSpace();
            declared.add(new Node.Variable(variable.position(), variable.text(), List.of()));
            variables.add(variable.text());
            if (!comma) {
                return next.kind() == TokenKind.ASSIGN;
            }
            if (!context.equals("range") || declared.size() > 1) {
                throw error("too many declarations in " + context);
            }
            switch (tokens.peekNonSpace().kind()) {
                case VARIABLE, RIGHT_DELIMITER, RIGHT_PAREN -> {
                    // The second variable, or a lack of it that is told later.
                }
                default -> throw error("range can only initialize variables");
            }
        }
        return false;
    }

    /** Only the first command may be a constant: the others are given what the one before them yields. */
    private void checkStages(List<Node.Command> commands, String context) throws SyntaxException {
        if (commands.isEmpty()) {
            throw error("missing value for " + context);
        }
        for (int i = 1; i < commands.size(); i++) {
            if (commands.get(i).words().getFirst() instanceof Node.Constant) {
                throw error("non executable command in pipeline stage " + (i + 1));
            }
        }
    }

    private Node.Command command() throws SyntaxException {
        int position = tokens.peekNonSpace().position();
        List<Node.Operand> words = new ArrayList<>();
        while (true) {
            tokens.peekNonSpace();
            Node.Operand operand = operand();
            if (operand != null) {
                words.add(operand);
            }
            Token token = tokens.next();
            switch (token.kind()) {
                case SPACE -> {
                    continue;
                }
                case RIGHT_DELIMITER, RIGHT_PAREN -> tokens.pushBack(token);
                case PIPE -> {
                    // Ends the command.
                }
                default -> throw unexpected(token, "operand");
            }
            if (words.isEmpty()) {
                throw error("empty command");
            }
            return new Node.Command(position, words);
        }
    }

    /** A term and its fields, or null if there is no term. */
    private Node.@Nullable Operand operand() throws SyntaxException {
        Node.Operand term = term();
        if (term == null || tokens.peek().kind() != TokenKind.FIELD) {
            return term;
        }
        int position = tokens.peek().position();
        List<String> fields = new ArrayList<>();
        while (tokens.peek().kind() == TokenKind.FIELD) {
            fields.add(tokens.next().text().substring(1));
        }
        return switch (term) {
            case Node.Field field -> {
                fields.addAll(0, field.names());
                yield new Node.Field(position, fields);
            }
            case Node.Variable variable -> {
                fields.addAll(0, variable.fields());
                yield new Node.Variable(position, variable.name(), fields);
            }
            case Node.Constant constant -> throw error("unexpected . after term " + GoQuote.quote(constant.source()));
            default -> new Node.Chain(position, term, fields);
        };
    }

    private Node.@Nullable Operand term() throws SyntaxException {
        Token token = tokens.nextNonSpace();
        int position = token.position();
        try {
            return switch (token.kind()) {
                case IDENTIFIER -> {
                    if (!source.hasFunction(token.text())) {
                        throw error("function " + GoQuote.quote(token.text()) + " not defined");
                    }
                    yield new Node.Identifier(position, token.text());
                }
                case DOT -> new Node.Dot(position);
                case NIL -> new Node.Nil(position);
                case VARIABLE -> {
                    Node.Variable variable = new Node.Variable(position, token.text(), List.of());
                    if (!variables.contains(variable.name())) {
                        throw error("undefined variable " + GoQuote.quote(variable.name()));
                    }
                    yield variable;
                }
                case FIELD -> new Node.Field(position, List.of(token.text().substring(1)));
                case BOOL -> new Node.Bool(position, token.text().equals("true"));
                case CHAR_CONSTANT -> new Node.Numeral(position, NumberConstant.character(token.text()));
                case COMPLEX -> new Node.Numeral(position, NumberConstant.complex(token.text()));
                case NUMBER -> new Node.Numeral(position, NumberConstant.number(token.text()));
                case STRING, RAW_STRING ->
                    new Node.StringConstant(position, token.text(), StringLiteral.unquote(token.text()));
                case LEFT_PAREN -> {
                    source.enter(tokens.line());
                    Node.Pipe pipe = pipeline("parenthesized pipeline", TokenKind.RIGHT_PAREN);
                    source.leave();
                    yield pipe;
                }
                default -> {
                    tokens.pushBack(token);
                    yield null;
                }
            };
        } catch (BadLiteralException e) {
            throw error(e.problem());
        }
    }

    StringValue unquote(Token token) throws SyntaxException {
        try {
            return StringLiteral.unquote(token.text());
        } catch (BadLiteralException e) {
            throw error(e.problem());
        }
    }

    void expect(TokenKind kind, String context) throws SyntaxException {
        Token token = tokens.nextNonSpace();
        if (token.kind() != kind) {
            throw unexpected(token, context);
        }
    }

    SyntaxException unexpected(Token token, String context) {
        if (token.kind() != TokenKind.ERROR) {
            return error("unexpected " + token.shown() + " in " + context);
        }
        if (actionLine == 0 || actionLine == token.line()) {
            return error(token.text());
        }
        String action = token.text().endsWith(" action") ? "" : " in action";
        return error(token.text() + action + " started at " + source.place(actionLine));
    }

    private SyntaxException error(String message) {
        return source.error(tokens.line(), message);
    }
}
