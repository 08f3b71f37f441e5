package io.keyferry.dialect.vsecmsecret;

/** Brings the address of a Safe into the one form that all who mean the same share. */
@FunctionalInterface
public interface SafeUrls {
    /** @throws IllegalArgumentException if it is no address; says what would be right */
    String normalize(String url);
}
