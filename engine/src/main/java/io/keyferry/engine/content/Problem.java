package io.keyferry.engine.content;

/**
 * What stands in a sync's way, for the user to read.
 *
 * @param reason a stable word in CamelCase, fit for a condition
 * @param message names the object, the field and the remedy as far as they are known; holds no secret value
 */
public record Problem(String reason, String message) {}
