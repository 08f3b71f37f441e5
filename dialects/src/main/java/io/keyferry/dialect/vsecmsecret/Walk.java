package io.keyferry.dialect.vsecmsecret;

import io.keyferry.engine.content.OneLine;
import io.keyferry.json.Json;
import java.util.List;

/** Goes from a value to what is in it, through objects only. */
final class Walk {
    private static final Json NULL = new Json.Word("null");

    private Walk() {}

    /** @throws BadRefException if a segment is missing or null, or is to be found in what is no object */
    static Json down(Json root, List<String> segments) throws BadRefException {
        Json at = root;
        String before = "the document";
        for (String segment : segments) {
            String name = quoted(segment);
            if (!(at instanceof Json.Obj object)) {
                throw new BadRefException("%s is not an object, so that there is no %s in it".formatted(before, name));
            }
            Json next = object.members().get(segment);
            if (next == null) {
                throw new BadRefException("there is no %s in %s".formatted(name, before));
            }
            at = next;
            before = name;
        }
        if (at.equals(NULL)) {
            throw new BadRefException(before + " is null");
        }
        return at;
    }

    /** Whether {@code value} has something under {@code segment}. */
    static boolean has(Json value, String segment) {
        return value instanceof Json.Obj object && object.members().containsKey(segment);
    }

    static String quoted(String segment) {
        return '"' + OneLine.of(segment) + '"';
    }
}
