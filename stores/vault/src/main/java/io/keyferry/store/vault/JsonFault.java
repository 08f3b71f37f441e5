package io.keyferry.store.vault;

/** An answer is not the JSON it should be. Says nothing more: a parser's own message would quote the answer. */
final class JsonFault extends Exception {
    private static final long serialVersionUID = 1L;

    JsonFault() {
        super("malformed JSON", null, false, false);
    }
}
