package io.keyferry.store.vsecm.spiffe;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which SPIFFE IDs are meant: a regular expression if it begins with {@code ^}, as Go's {@code MatchString} finds it, and
 * otherwise a plain prefix, as in VSecM.
 *
 * <p>A prefix holds a whole trust domain and the slash after it, so that {@code vsecm.com} is not {@code vsecm.community}.
 * Expressions begin with {@code ^spiffe://}. What Java matches by going back and forth over groups is refused: repeated
 * groups, back references and looking around. A match that still takes more than {@value #MAX_STEPS} steps is none.
 */
public final class SpiffeIdPattern {
    private static final int MAX_LENGTH = 1024;
    private static final int MAX_STEPS = 200_000;

    private final String text;
    private final Optional<Pattern> expression;

    private SpiffeIdPattern(String text, Optional<Pattern> expression) {
        this.text = text;
        this.expression = expression;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if it is none that can be used safely; says why and what to write
     */
    public static SpiffeIdPattern parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("the pattern is longer than " + MAX_LENGTH + " characters");
        }
        return text.startsWith("^") ? expression(text) : prefix(text);
    }

    private static SpiffeIdPattern prefix(String text) {
        int slash = text.indexOf('/', "spiffe://".length());
        if (!text.startsWith("spiffe://") || slash < 0) {
            throw new IllegalArgumentException(
                    "write a prefix such as spiffe://vsecm.com/workload/vsecm-safe/ or a regular expression that begins with ^spiffe://");
        }
        SpiffeId.checkTrustDomain(text.substring("spiffe://".length(), slash));
        return new SpiffeIdPattern(text, Optional.empty());
    }

    private static SpiffeIdPattern expression(String text) {
        if (!text.startsWith("^spiffe://")) {
            throw new IllegalArgumentException("a regular expression must begin with ^spiffe://");
        }
        if (text.matches("(?s).*\\)\\s*[*+?{].*") || text.contains("(?") || text.matches("(?s).*\\\\[1-9k].*")) {
            throw new IllegalArgumentException(
                    "the regular expression repeats a group, refers back or looks around; use character classes such as [^/]+");
        }
        try {
            return new SpiffeIdPattern(text, Optional.of(Pattern.compile(text)));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("the regular expression is malformed near index " + e.getIndex());
        }
    }

    /** How many groups the expression captures; 0 for a prefix. */
    public int groups() {
        return expression.map(pattern -> pattern.matcher("").groupCount()).orElse(0);
    }

    /** Whether {@code id} is meant. */
    public boolean matches(SpiffeId id) {
        return expression.isPresent()
                ? find(expression.get(), id).isPresent()
                : id.toString().startsWith(text);
    }

    /** What the first group of the expression captures of {@code id}; empty if it does not match or captures nothing. */
    public Optional<String> capture(SpiffeId id) {
        return expression
                .flatMap(pattern -> find(pattern, id))
                .filter(match -> match.groupCount() > 0)
                .flatMap(match -> Optional.ofNullable(match.group(1)));
    }

    private static Optional<Matcher> find(Pattern pattern, SpiffeId id) {
        Matcher matcher = pattern.matcher(new Metered(id.toString()));
        try {
            return matcher.find() ? Optional.of(matcher) : Optional.empty();
        } catch (TooManySteps e) {
            return Optional.empty();
        }
    }

    /** Text that can be looked at so many times. */
    private static final class Metered implements CharSequence {
        private final String text;
        private int left = MAX_STEPS;

        Metered(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (left-- <= 0) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super("", null, false, false);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
