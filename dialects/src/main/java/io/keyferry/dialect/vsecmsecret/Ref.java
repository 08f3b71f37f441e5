package io.keyferry.dialect.vsecmsecret;

import java.util.ArrayList;
import java.util.List;

/**
 * A path from a document's root, its segments separated by dots; {@code \.} is a dot within a segment.
 *
 * @param segments none of them empty
 */
record Ref(List<String> segments) {
    static final int LONGEST = 2048;

    Ref {
        segments = List.copyOf(segments);
    }

    /** @throws BadRefException if a segment is empty, or it is longer than {@value #LONGEST} characters */
    static Ref parse(String text) throws BadRefException {
        if (text.length() > LONGEST) {
            throw new BadRefException("it is longer than %d characters".formatted(LONGEST));
        }
        List<String> segments = new ArrayList<>();
        StringBuilder segment = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '.') {
                segment.append('.');
                i++;
            } else if (c == '.') {
                segments.add(segment.toString());
                segment.setLength(0);
            } else {
                segment.append(c);
            }
        }
        segments.add(segment.toString());
        int empty = segments.indexOf("");
        if (empty >= 0) {
            throw new BadRefException(text.isEmpty() ? "it is empty" : "its segment %d is empty".formatted(empty + 1));
        }
        return new Ref(segments);
    }

    /** The first {@code count} segments as one name. */
    String name(int count) {
        return String.join(".", segments.subList(0, count));
    }

    /** What is left behind the first {@code count} segments. */
    List<String> behind(int count) {
        return segments.subList(count, segments.size());
    }
}
