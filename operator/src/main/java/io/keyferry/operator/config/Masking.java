package io.keyferry.operator.config;

import java.util.regex.Pattern;

/** Hides the credentials that people write into URLs. */
public final class Masking {
    /** Rather too much than too little: passwords may have slashes and at signs. */
    private static final Pattern CREDENTIALS = Pattern.compile("//\\S*@");

    private Masking() {}

    public static String of(String text) {
        return CREDENTIALS.matcher(text).replaceAll("//(masked)@");
    }
}
