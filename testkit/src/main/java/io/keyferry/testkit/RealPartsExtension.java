package io.keyferry.testkit;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** What {@link RealParts} promises. JUnit closes the parts with the context that they were started for. */
final class RealPartsExtension implements ParameterResolver, AfterEachCallback {
    private static final Namespace PARTS = Namespace.create(RealPartsExtension.class);
    private static final Map<Class<?>, Supplier<AutoCloseable>> STARTERS =
            Map.of(Cluster.class, Cluster::start, Vault.class, Vault::start, Aws.class, Aws::start);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return STARTERS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        ExtensionContext owner = parameter.isAnnotated(Own.class) ? context : context.getRoot();
        Object key = parameter.isAnnotated(Own.class) ? parameter.getParameter() : type;
        return owner.getStore(PARTS)
                .computeIfAbsent(key, absent -> starter(type).get());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ExtensionContext.Store shared = context.getRoot().getStore(PARTS);
        @Nullable Cluster cluster = shared.get(Cluster.class, Cluster.class);
        if (cluster != null) {
            cluster.startApiServer();
        }
        @Nullable Vault vault = shared.get(Vault.class, Vault.class);
        if (vault != null) {
            vault.resume();
            vault.proxy().heal();
            vault.proxy().forget();
        }
        @Nullable Aws aws = shared.get(Aws.class, Aws.class);
        if (aws != null) {
            aws.proxy().heal();
            aws.proxy().forget();
        }
    }

    private static Supplier<AutoCloseable> starter(Class<?> type) {
        @Nullable Supplier<AutoCloseable> starter = STARTERS.get(type);
        if (starter == null) {
            throw new IllegalArgumentException("no part of " + type);
        }
        return starter;
    }
}
