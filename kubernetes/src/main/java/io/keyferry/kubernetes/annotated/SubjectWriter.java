package io.keyferry.kubernetes.annotated;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyferry.kubernetes.api.ApiClient;
import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.kubernetes.api.WriteGate;
import io.keyferry.kubernetes.secret.SecretMetadata;
import io.keyferry.kubernetes.secret.SecretName;

/** Edits objects' metadata with one PATCH each, which an object that has changed since answers with a conflict. */
final class SubjectWriter {
    private final ApiClient api;
    private final WriteGate gate;
    private final SecretMetadata secrets;

    SubjectWriter(ApiClient api, WriteGate gate, SecretMetadata secrets) {
        this.api = api;
        this.gate = gate;
        this.secrets = secrets;
    }

    /** @return the object as it is then */
    Subject write(Subject subject, MetadataEdit edit) throws ApiException, InterruptedException {
        ObjectNode patch = patch(subject, edit);
        gate.enter(WriteGate.Lane.SECRET);
        try {
            return subject.after(edit, send(subject.ref(), patch));
        } finally {
            gate.leave(WriteGate.Lane.SECRET);
        }
    }

    private String send(SubjectRef ref, ObjectNode patch) throws ApiException, InterruptedException {
        if (ref.kind() == SubjectKind.SECRET) {
            return secrets.patch(new SecretName(ref.namespace(), ref.name()), patch);
        }
        return api.patch(ref.path() + SecretMetadata.WRITER, patch, SecretMetadata::resourceVersion);
    }

    private ObjectNode patch(Subject subject, MetadataEdit edit) {
        ObjectNode patch = api.object();
        ObjectNode metadata =
                patch.putObject("metadata").put("uid", subject.uid()).put("resourceVersion", subject.resourceVersion());
        if (!edit.annotations().isEmpty()) {
            ObjectNode annotations = metadata.putObject("annotations");
            edit.annotations().forEach((name, value) -> annotations.put(name, value.orElse(null)));
        }
        edit.finalizers().ifPresent(finalizers -> {
            var list = metadata.putArray("finalizers");
            finalizers.forEach(list::add);
        });
        return patch;
    }
}
