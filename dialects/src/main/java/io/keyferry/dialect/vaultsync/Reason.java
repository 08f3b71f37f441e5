package io.keyferry.dialect.vaultsync;

import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.Problem;
import java.util.Map;

/** Why an object is not synced, or what happened to it, as its events and its status say it. */
enum Reason {
    SYNCED("Synced"),
    TOOK_OVER("TookOver"),
    REMOVED("Removed"),
    ANNOTATION_INVALID("AnnotationInvalid"),
    PATH_FORBIDDEN("PathForbidden"),
    PATH_NOT_OWNED("PathNotOwned"),
    SECRET_MISSING("SecretMissing"),
    KEY_MISSING("KeyMissing"),
    READ_FAILED("ReadFailed"),
    VALUE_NOT_TEXT("ValueNotText"),
    /** Nothing is the matter: an optional Secret is not there, or no key is selected. */
    NOTHING_TO_WRITE("NothingToWrite"),
    DELETE_FAILED("DeleteFailed"),
    GAVE_UP("GaveUp");

    static final String NAMESPACE = "namespace";
    static final String SECRET = "secret_name";
    static final String KEY = "key";
    static final String AVAILABLE = "available_keys";

    private final String text;

    Reason(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    boolean isOf(Problem problem) {
        return problem.reason().equals(text);
    }

    Problem problem(String message) {
        return new Problem(text, message);
    }

    RecipeException failure(String message, Map<String, String> details) {
        return RecipeException.source(new Problem(text, message, details), null);
    }

    RecipeException rejection(String message) {
        return RecipeException.rejected(problem(message));
    }
}
