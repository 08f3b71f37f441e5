package io.keyferry.store.vsecm.spiffe;

import io.keyferry.engine.content.SecretValue;

/**
 * A server's answer.
 *
 * @param status the HTTP status; redirects are answers like any other
 * @param body masked when printed
 * @param self as whom the question was asked
 */
public record HttpAnswer(int status, SecretValue body, SpiffeId self) {}
