package io.keyferry.gotemplate.parse;

/** What a {@link Token} is. */
enum TokenKind {
    ERROR,
    EOF,
    TEXT,
    LEFT_DELIMITER,
    RIGHT_DELIMITER,
    SPACE,
    BOOL,
    CHARACTER,
    CHAR_CONSTANT,
    COMPLEX,
    NUMBER,
    STRING,
    RAW_STRING,
    IDENTIFIER,
    FIELD,
    VARIABLE,
    PIPE,
    ASSIGN,
    DECLARE,
    LEFT_PAREN,
    RIGHT_PAREN,
    DOT,
    NIL,
    BLOCK,
    BREAK,
    CONTINUE,
    DEFINE,
    ELSE,
    END,
    IF,
    RANGE,
    TEMPLATE,
    WITH;

    /** Whether tokens of this kind are told as {@code <if>} in messages. */
    boolean isKeyword() {
        return compareTo(DOT) >= 0;
    }

    /** Whether a command may begin with such a token. */
    boolean startsOperand() {
        return switch (this) {
            case BOOL,
                    CHAR_CONSTANT,
                    COMPLEX,
                    NUMBER,
                    STRING,
                    RAW_STRING,
                    IDENTIFIER,
                    FIELD,
                    VARIABLE,
                    LEFT_PAREN,
                    DOT,
                    NIL -> true;
            default -> false;
        };
    }
}
