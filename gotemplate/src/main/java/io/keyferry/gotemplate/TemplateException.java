package io.keyferry.gotemplate;

import org.jspecify.annotations.Nullable;

/**
 * A text is no template, or a template cannot be executed. The message is in Go's words: {@code template: NAME:LINE: …}
 * or {@code template: NAME:LINE:COLUMN: executing "NAME" at <EXPRESSION>: …}, where the column counts bytes from 0. What
 * Go shows of the data in it is left out, as it may be secret.
 */
public final class TemplateException extends Exception {
    private static final long serialVersionUID = 1;

    TemplateException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
