package io.keyferry.kubernetes.status;

import io.keyferry.kubernetes.api.ApiException;

/** Carries one status to the API server. */
interface StatusSender {
    /** @throws ApiException if the API server did not take it */
    void send(StatusRef ref, Object status) throws ApiException, InterruptedException;
}
