package io.keyferry.dialect.syncedsecret;

import io.keyferry.dialect.syncedsecret.SyncedSecretSpec.Item;
import io.keyferry.dialect.syncedsecret.SyncedSecretSpec.SecretKeyRef;
import io.keyferry.dialect.syncedsecret.SyncedSecretSpec.SecretRef;
import io.keyferry.dialect.syncedsecret.SyncedSecretSpec.ValueFrom;
import io.keyferry.engine.Recipe;
import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.Notice;
import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.read.SecretReader;
import io.keyferry.gotemplate.FunctionTable;
import io.keyferry.gotemplate.Template;
import io.keyferry.gotemplate.TemplateException;
import io.keyferry.gotemplate.TemplateLimits;
import io.keyferry.gotemplate.value.NilValue;
import io.keyferry.gotemplate.value.StringValue;
import io.keyferry.gotemplate.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out as whom to read, and fills the Secret: first all keys of one secret, then each key that is named. */
final class SyncedSecretRecipe implements Recipe {
    /** The notice that tells the version of the AWS secret. */
    static final String VERSION = "currentVersionID";

    private final String namespace;
    private final String name;
    private final SyncedSecretSpec spec;
    private final SyncedSecretSettings settings;

    SyncedSecretRecipe(String namespace, String name, SyncedSecretSpec spec, SyncedSecretSettings settings) {
        this.namespace = namespace;
        this.name = name;
        this.spec = spec;
        this.settings = settings;
    }

    @Override
    public SecretContent evaluate(SecretReader reader) throws RecipeException, InterruptedException {
        AwsReader aws = new AwsReader(reader);
        SecretNames names = new SecretNames(written(), aws);
        SecretValues values = new SecretValues(aws, permission(reader, aws, names), names);
        values.fetch(named());
        Entries entries = new Entries(settings.strict());
        addAll(entries, values);
        for (Item item : items()) {
            add(entries, item, values, aws);
        }
        return new SecretContent(
                entries.data(),
                metadata(
                        spec.secretMetadata() == null
                                ? null
                                : spec.secretMetadata().labels()),
                metadata(
                        spec.secretMetadata() == null
                                ? null
                                : spec.secretMetadata().annotations()),
                "Opaque",
                false,
                List.of(new Notice(VERSION, values.version())));
    }

    private Permission permission(SecretReader reader, AwsReader aws, SecretNames names)
            throws RecipeException, InterruptedException {
        Namespaces home = Namespaces.read(reader, namespace);
        String account = spec.account();
        return account == null
                ? new RoleRule(settings.annotation()).permit(home, Objects.requireNonNullElse(spec.role(), ""), aws)
                : new TagRule(settings.partition()).permit(home, account, aws, names);
    }

    private static Map<String, String> metadata(@Nullable Map<String, String> given) {
        return Objects.requireNonNullElse(given, Map.of());
    }

    /** The secrets that the object names itself. */
    private List<String> named() {
        List<String> ids = new ArrayList<>();
        id(spec.dataFrom() == null ? null : spec.dataFrom().secretRef()).ifPresent(ids::add);
        for (Item item : items()) {
            ValueFrom from = item.valueFrom();
            if (from != null) {
                id(from.secretRef()).ifPresent(ids::add);
                Optional.ofNullable(from.secretKeyRef()).map(SecretKeyRef::name).ifPresent(ids::add);
            }
        }
        return ids.stream().distinct().toList();
    }

    /** All that may have names of secrets in it. */
    private List<String> written() {
        List<String> written = new ArrayList<>(named());
        for (Item item : items()) {
            Optional.ofNullable(item.valueFrom()).map(ValueFrom::template).ifPresent(written::add);
        }
        return written;
    }

    private static Optional<String> id(@Nullable SecretRef reference) {
        return Optional.ofNullable(reference).map(SecretRef::name);
    }

    private List<Item> items() {
        return Objects.requireNonNullElse(spec.data(), List.of());
    }

    private void addAll(Entries entries, SecretValues values) throws RecipeException, InterruptedException {
        Optional<String> id =
                id(spec.dataFrom() == null ? null : spec.dataFrom().secretRef());
        if (id.isPresent()) {
            for (Map.Entry<StringValue, Value> member :
                    values.members(id.get()).entries().entrySet()) {
                entries.put(member.getKey().text(), member.getValue());
            }
        }
    }

    private void add(Entries entries, Item item, SecretValues values, AwsReader aws)
            throws RecipeException, InterruptedException {
        String key = Objects.requireNonNullElse(item.name(), "");
        if (item.value() != null) {
            entries.put(key, StringValue.of(item.value()));
        }
        ValueFrom from = item.valueFrom();
        if (from == null) {
            return;
        }
        Optional<String> whole = id(from.secretRef());
        if (whole.isPresent()) {
            entries.put(key, StringValue.of(values.text(whole.get())));
        }
        SecretKeyRef part = from.secretKeyRef();
        if (part != null && part.name() != null) {
            Value value = values.members(part.name()).get(StringValue.of(Objects.requireNonNullElse(part.key(), "")));
            entries.put(key, value == null ? NilValue.NIL : value);
        }
        if (from.template() != null) {
            entries.putRendered(key, rendered(from.template(), values, aws));
        }
    }

    private byte[] rendered(String text, SecretValues values, AwsReader aws)
            throws RecipeException, InterruptedException {
        FunctionTable<RecipeException> functions = TemplateFunctions.of(values);
        try {
            Template template = Template.parse(name, text, functions.names(), TemplateLimits.DEFAULT);
            return template.execute(TemplateData.root(aws.listing()), functions);
        } catch (TemplateException e) {
            throw Reason.TEMPLATE_FAILED.failure(String.valueOf(e.getMessage()));
        }
    }
}
