package io.keyferry.gotemplate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The functions of a template besides Go's own, one of which gives way to one of its name here.
 *
 * @param <X> what they may throw
 */
public final class FunctionTable<X extends Exception> {
    private final Map<String, Entry<X>> entries;

    private FunctionTable(Map<String, Entry<X>> entries) {
        this.entries = entries;
    }

    record Entry<X extends Exception>(Signature signature, TemplateFunction<X> function) {}

    public static <X extends Exception> Builder<X> builder() {
        return new Builder<>();
    }

    /** No functions but Go's own. */
    public static FunctionTable<RuntimeException> none() {
        return FunctionTable.<RuntimeException>builder().build();
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    @Nullable
    Entry<X> find(String name) {
        return entries.get(name);
    }

    /** Collects functions. */
    public static final class Builder<X extends Exception> {
        private final Map<String, Entry<X>> entries = new LinkedHashMap<>();

        private Builder() {}

        /** @param name an identifier */
        public Builder<X> add(String name, Signature signature, TemplateFunction<X> function) {
            entries.put(name, new Entry<>(signature, function));
            return this;
        }

        public FunctionTable<X> build() {
            return new FunctionTable<>(new LinkedHashMap<>(entries));
        }
    }
}
