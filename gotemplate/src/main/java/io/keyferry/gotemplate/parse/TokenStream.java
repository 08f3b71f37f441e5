package io.keyferry.gotemplate.parse;

import java.util.ArrayDeque;
import java.util.Deque;

/** Tokens with some to look ahead. Space between tokens is a token, too. */
final class TokenStream {
    private final Lexer lexer;
    private final Deque<Token> ahead = new ArrayDeque<>();
    private int line = 1;

    /** @param lexer may be shared by streams none of which has looked ahead while another one is read */
    TokenStream(Lexer lexer) {
        this.lexer = lexer;
    }

    /** The line of the furthest token seen, on which errors are told. */
    int line() {
        return line;
    }

    Token next() {
        Token buffered = ahead.poll();
        if (buffered != null) {
            return buffered;
        }
        Token token = lexer.next();
        line = token.line();
        return token;
    }

    Token peek() {
        Token token = next();
        ahead.push(token);
        return token;
    }

    Token nextNonSpace() {
        Token token = next();
        while (token.kind() == TokenKind.SPACE) {
            token = next();
        }
        return token;
    }

    /** Drops the space that comes next. */
    Token peekNonSpace() {
        Token token = nextNonSpace();
        ahead.push(token);
        return token;
    }

    void pushBack(Token token) {
        ahead.push(token);
    }
}
