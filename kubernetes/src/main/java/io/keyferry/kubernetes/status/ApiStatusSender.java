package io.keyferry.kubernetes.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.kubernetes.api.WriteGate;

/** Writes a status with one PATCH, which an object of another uid under the same name answers with a conflict. */
final class ApiStatusSender implements StatusSender {
    private final ApiClient api;
    private final WriteGate gate;

    ApiStatusSender(ApiClient api, WriteGate gate) {
        this.api = api;
        this.gate = gate;
    }

    @Override
    public void send(StatusRef ref, Object status) throws ApiException, InterruptedException {
        ObjectNode patch = api.object();
        patch.putObject("metadata").put("uid", ref.uid());
        patch.set("status", api.tree(status));
        gate.enter(WriteGate.Lane.ABOUT);
        try {
            api.overwrite(ref.path(), patch);
        } finally {
            gate.leave(WriteGate.Lane.ABOUT);
        }
    }
}
