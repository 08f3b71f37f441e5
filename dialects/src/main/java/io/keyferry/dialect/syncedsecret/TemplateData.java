package io.keyferry.dialect.syncedsecret;

import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reading.Inventory.Item;
import io.keyferry.gotemplate.value.MapValue;
import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.StructValue;
import io.keyferry.gotemplate.value.TimeValue;
import io.keyferry.gotemplate.value.Type;
import io.keyferry.gotemplate.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What templates see: a struct whose field {@code Secrets} maps names to tags, version and time of the last change. */
final class TemplateData {
    private static final Type.MapOf TAGS = new Type.MapOf(Type.Basic.STRING);
    private static final Type.Struct SECRET = new Type.Struct(
            "secretsmanager.PolledSecretMeta",
            List.of(
                    new Type.Field("Tags", TAGS),
                    new Type.Field("CurrentVersionID", Type.Basic.STRING),
                    new Type.Field("UpdatedAt", Type.Basic.TIME)));

    /** The type of {@code .Secrets}, and of what filters give. */
    static final Type.MapOf SECRETS = new Type.MapOf("secretsmanager.Secrets", SECRET);

    private static final Type.Struct ROOT =
            new Type.Struct("k8snamespace.TemplateParams", List.of(new Type.Field("Secrets", SECRETS)));

    private TemplateData() {}

    static Value root(Reading.Inventory listing) {
        Map<StringValue, Value> secrets = new HashMap<>();
        listing.items().forEach((name, item) -> secrets.put(StringValue.of(name), secret(item)));
        return new StructValue(ROOT, List.of(MapValue.of(SECRETS, secrets)));
    }

    private static Value secret(Item item) {
        Map<StringValue, Value> tags = new HashMap<>();
        item.tags().forEach((key, value) -> tags.put(StringValue.of(key), StringValue.of(value)));
        return new StructValue(
                SECRET,
                List.of(
                        MapValue.of(TAGS, tags),
                        StringValue.of(item.version()),
                        item.changed().<Value>map(TimeValue::new).orElse(TimeValue.ZERO)));
    }

    /** The secrets that carry a tag of this key, whatever its value. */
    static MapValue withTag(MapValue secrets, StringValue key) {
        Map<StringValue, Value> kept = new HashMap<>();
        secrets.entries().forEach((name, value) -> {
            if (value instanceof StructValue secret
                    && secret.field("Tags") instanceof MapValue tags
                    && tags.get(key) != null) {
                kept.put(name, value);
            }
        });
        return MapValue.of(SECRETS, kept);
    }
}
