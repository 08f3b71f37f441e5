package io.keyferry.dialect.vsecmsecret;

import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.Problem;

/** Why a VSecMSecret is not ready, as its condition and its events say it; those of the store are added to these. */
enum Reason {
    INVALID_RESOURCE("InvalidResource"),
    UNSUPPORTED_SECRET_TYPE("UnsupportedSecretType"),
    REF_NOT_FOUND("RefNotFound"),
    INVALID_METADATA_VALUE("InvalidMetadataValue"),
    UPSTREAM_NOT_FOUND("UpstreamNotFound"),
    MALFORMED("Malformed"),
    NAMESPACE_NOT_ALLOWED("NamespaceNotAllowed"),
    EXPIRED("Expired"),
    NOT_YET_VALID("NotYetValid"),
    SOLE_RAW_NAME_ASSUMED("SoleRawNameAssumed"),
    TARGET_CONFLICT("TargetConflict");

    private final String text;

    Reason(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    Problem problem(String message) {
        return new Problem(text, message);
    }

    /** Something that is to be tried again. */
    RecipeException failure(String message) {
        return RecipeException.source(problem(message), null);
    }
}
