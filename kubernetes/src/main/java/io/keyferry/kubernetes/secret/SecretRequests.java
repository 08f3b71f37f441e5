package io.keyferry.kubernetes.secret;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.target.Change;
import io.keyferry.engine.target.Change.Edit;
import io.keyferry.engine.target.Change.Field;
import io.keyferry.engine.target.Change.Section;
import io.keyferry.kubernetes.api.ApiClient;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The bodies of requests that make a Secret hold some content. */
final class SecretRequests {
    private final ApiClient api;
    private final SecretTargetSpec spec;

    SecretRequests(ApiClient api, SecretTargetSpec spec) {
        this.api = api;
        this.spec = spec;
    }

    /** A Secret with all of the content, and of the version that was observed if it is there already. */
    ObjectNode whole(Change change) {
        SecretContent content = change.content();
        ObjectNode secret = api.object().put("apiVersion", "v1").put("kind", "Secret");
        secret.put("type", content.type());
        ObjectNode metadata = secret.putObject("metadata")
                .put("namespace", spec.name().namespace())
                .put("name", spec.name().name());
        String version = change.observed().lock();
        if (version != null) {
            metadata.put("resourceVersion", version);
        }
        putAll(metadata.putObject("labels"), content.labels());
        putAll(metadata.putObject("annotations"), content.annotations());
        spec.owner()
                .ifPresent(owner ->
                        owner.writeTo(metadata.putArray("ownerReferences").addObject()));
        ObjectNode data = secret.putObject("data");
        content.data()
                .forEach((name, value) -> data.put(name, Base64.getEncoder().encodeToString(value.bytes())));
        return secret;
    }

    /** What goes with a deletion, so that a Secret written since refuses it. */
    ObjectNode delete(Change change) {
        ObjectNode options = api.object().put("apiVersion", "v1").put("kind", "DeleteOptions");
        options.putObject("preconditions")
                .put("resourceVersion", Objects.requireNonNull(change.observed().lock()));
        return options;
    }

    /** A merge patch that names what changes, and the version it changes, so that a Secret written since refuses it. */
    ObjectNode patch(Change change, List<OwnerRef> owners) {
        ObjectNode patch = api.object();
        ObjectNode metadata = patch.putObject("metadata")
                .put("resourceVersion", Objects.requireNonNull(change.observed().lock()));
        SecretContent content = change.content();
        for (Field field : change.fields()) {
            switch (field.section()) {
                case DATA -> {
                    ObjectNode data = patch.withObjectProperty("data");
                    if (field.edit() == Edit.REMOVED) {
                        data.putNull(field.name());
                    } else {
                        data.put(
                                field.name(),
                                Base64.getEncoder()
                                        .encodeToString(Objects.requireNonNull(
                                                        content.data().get(field.name()))
                                                .bytes()));
                    }
                }
                // Of what is removed the content has nothing, and null is what removes it.
                case LABEL ->
                    metadata.withObjectProperty("labels")
                            .put(field.name(), content.labels().get(field.name()));
                case ANNOTATION ->
                    metadata.withObjectProperty("annotations")
                            .put(field.name(), content.annotations().get(field.name()));
                case OWNER -> {}
            }
        }
        if (change.touches(Section.OWNER)) {
            spec.owner().ifPresent(owner -> putOwners(metadata.putArray("ownerReferences"), owner, owners));
        }
        return patch;
    }

    /** A merge patch that removes what was to be removed and is still there; empty if nothing is. */
    Optional<ObjectNode> leftovers(Change change, SecretState now) {
        List<Field> left = change.fields().stream()
                .filter(field -> field.edit() == Edit.REMOVED && now.has(field))
                .toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(patch(new Change(now.observed(), change.content(), left), List.of()));
    }

    /** Ours as the controller, and all who are not controllers as they were. */
    private static void putOwners(ArrayNode node, OwnerRef mine, List<OwnerRef> owners) {
        owners.stream()
                .filter(owner -> !owner.controller() && !owner.uid().equals(mine.uid()))
                .forEach(owner -> owner.writeTo(node.addObject()));
        mine.writeTo(node.addObject());
    }

    private static void putAll(ObjectNode node, Map<String, String> values) {
        values.forEach(node::put);
    }
}
