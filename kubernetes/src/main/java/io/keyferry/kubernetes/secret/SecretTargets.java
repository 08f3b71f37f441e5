package io.keyferry.kubernetes.secret;

import io.keyferry.engine.content.Fingerprinter;
import io.keyferry.engine.target.RemovableTarget;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.WriteGate;

/** Makes targets of Secrets. */
public final class SecretTargets {
    private final ApiClient api;
    private final WriteGate gate;
    private final SecretIndex index;
    private final Fingerprinter fingerprinter;

    public SecretTargets(ApiClient api, WriteGate gate, SecretIndex index, Fingerprinter fingerprinter) {
        this.api = api;
        this.gate = gate;
        this.index = index;
        this.fingerprinter = fingerprinter;
    }

    public RemovableTarget target(SecretTargetSpec spec) {
        return new SecretTarget(spec, api, gate, index, fingerprinter);
    }

    /** Whether there is such a Secret, as far as is known. */
    public boolean exists(SecretName secret) {
        return index.get(secret).isPresent();
    }

    /** Whether a Secret has a label of this value, as far as is known. */
    public boolean isLabelled(SecretName secret, String label, String value) {
        return index.get(secret)
                .map(state -> fingerprinter.of(value).equals(state.labels().get(label)))
                .orElse(false);
    }
}
