package io.keyferry.dialect.syncedsecret;

import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.Problem;
import io.keyferry.engine.store.StoreException;

/** Why a SyncedSecret is not ready, as its condition and its events say it. */
enum Reason {
    INVALID_RESOURCE("InvalidResource"),
    ROLE_INVALID("RoleInvalid"),
    ROLE_DENIED("RoleDenied"),
    ANNOTATION_INVALID("AnnotationInvalid"),
    SECRET_DENIED("SecretDenied"),
    SECRET_MISSING("SecretMissing"),
    SECRET_NOT_JSON("SecretNotJSON"),
    READ_FAILED("ReadFailed"),
    TEMPLATE_FAILED("TemplateFailed"),
    KEY_INVALID("KeyInvalid"),
    VALUE_REFUSED("ValueRefused");

    private final String text;

    Reason(String text) {
        this.text = text;
    }

    Problem problem(String message) {
        return new Problem(text, message);
    }

    /** Something that is to be tried again. */
    RecipeException failure(String message) {
        return RecipeException.source(problem(message), null);
    }

    RecipeException failure(StoreException cause) {
        return RecipeException.source(problem(cause.failure().message()), cause);
    }

    /** Something that is not allowed, until what it depends on is another. */
    RecipeException denial(String message) {
        return RecipeException.rejected(problem(message));
    }
}
