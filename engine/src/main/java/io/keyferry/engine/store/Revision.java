package io.keyferry.engine.store;

/**
 * Which secret a reading is of, and which version of it, in the words of the store's {@link Reading.Inventory}.
 *
 * @param id the secret's unique name
 * @param version differs whenever the value may differ
 */
public record Revision(String id, String version) {}
