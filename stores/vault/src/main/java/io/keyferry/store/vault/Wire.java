package io.keyferry.store.vault;

/** Carries one request to one server and brings back the response: no redirects, no repetition. */
interface Wire {
    /**
     * Sends the request and waits for all of the response.
     *
     * @throws VaultError if there was no complete response in time and size
     * @throws InterruptedException if the operator is stopping
     */
    Answer exchange(Call call) throws VaultError, InterruptedException;
}
