package io.keyferry.testkit.vsecm;

/**
 * What a {@link StandInSafe} remembers of a request; no bodies, which are secret.
 *
 * @param target path and query, as sent
 * @param caller the SPIFFE ID of the client
 * @param serial the serial number of its certificate, hexadecimal
 */
public record SafeRequest(String method, String target, String caller, String serial) {}
