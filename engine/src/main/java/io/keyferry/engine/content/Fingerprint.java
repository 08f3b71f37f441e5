package io.keyferry.engine.content;

/**
 * A keyed hash of some bytes, cut to 128 bits. Two fingerprints of one {@link Fingerprinter} are equal exactly when
 * the bytes were, for all practical purposes; without its key they tell nothing.
 */
public record Fingerprint(long high, long low) {}
