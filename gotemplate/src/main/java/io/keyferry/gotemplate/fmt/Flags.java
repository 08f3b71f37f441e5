package io.keyferry.gotemplate.fmt;

/** What stands between a per cent sign and its verb. */
final class Flags {
    static final int NONE = -1;

    boolean plus;
    boolean minus;
    boolean sharp;
    boolean space;
    boolean zero;

    /** The plus of {@code %+v}: names of fields. */
    boolean fieldNames;

    /** The sharp of {@code %#v}: Go syntax. */
    boolean goSyntax;

    int width = NONE;
    int precision = NONE;

    /** The flags of {@code %v}, and of {@code %w} that is for errors, have a meaning of their own. */
    void setForVerb(int verb) {
        if (verb == 'v' || verb == 'w') {
            goSyntax = sharp;
            sharp = false;
            fieldNames = plus;
            plus = false;
        }
    }

    boolean padsWithZeros() {
        return zero && !minus;
    }

    /** Whether a string needs neither padding nor cutting. */
    boolean isPlain() {
        return width <= 0 && precision == NONE;
    }
}
