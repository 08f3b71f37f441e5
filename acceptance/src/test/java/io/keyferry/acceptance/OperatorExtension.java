package io.keyferry.acceptance;

import io.keyferry.testkit.Aws;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.OperatorProcess;
import io.keyferry.testkit.Vault;
import java.lang.reflect.Constructor;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link WithOperator} and {@link WithWorld} promise. JUnit closes all of it. */
final class OperatorExtension implements BeforeAllCallback, AfterEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(OperatorExtension.class);

    /** Gets the shared parts from JUnit. */
    private record Shared(Cluster cluster, Vault vault, Aws aws) {
        static Shared of(ExtensionContext context) {
            return context.getExecutableInvoker().invoke(constructor());
        }

        @SuppressWarnings("unchecked")
        private static Constructor<Shared> constructor() {
            return (Constructor<Shared>) Shared.class.getDeclaredConstructors()[0];
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        annotation(context).ifPresent(wanted -> operator(context, wanted));
    }

    /** A test that waits in vain for an operator that has ended is to say so. */
    @Override
    public void afterEach(ExtensionContext context) {
        annotation(context).ifPresent(wanted -> operator(context, wanted).requireAlive());
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == World.class
                || type == AwsWorld.class
                || type == PushWorld.class
                || type == SafeWorld.class
                || (type == OperatorProcess.class && annotation(context).isPresent());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> wanted = parameter.getParameter().getType();
        if (wanted == World.class) {
            return context.getStore(NAMESPACE).computeIfAbsent(World.class, type -> newWorld(Shared.of(context)));
        }
        if (wanted == AwsWorld.class) {
            return context.getStore(NAMESPACE).computeIfAbsent(AwsWorld.class, type -> newAwsWorld(Shared.of(context)));
        }
        if (wanted == PushWorld.class) {
            return context.getStore(NAMESPACE)
                    .computeIfAbsent(PushWorld.class, type -> newPushWorld(Shared.of(context)));
        }
        if (wanted == SafeWorld.class) {
            return context.getStore(NAMESPACE)
                    .computeIfAbsent(SafeWorld.class, type -> newSafeWorld(Shared.of(context)));
        }
        return operator(context, annotation(context).orElseThrow());
    }

    /** The class's operator; it is there since before its first test. */
    private static OperatorProcess operator(ExtensionContext context, WithOperator wanted) {
        return classOf(context)
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        OperatorProcess.class, type -> start(Shared.of(context), wanted), OperatorProcess.class);
    }

    private static ExtensionContext classOf(ExtensionContext context) {
        ExtensionContext owner = context;
        while (owner.getTestMethod().isPresent()) {
            owner = owner.getParent().orElseThrow();
        }
        return owner;
    }

    private static World newWorld(Shared parts) {
        World.installCrds(parts.cluster());
        return new World(parts.cluster(), parts.vault());
    }

    private static AwsWorld newAwsWorld(Shared parts) {
        AwsWorld.installCrds(parts.cluster());
        return new AwsWorld(parts.cluster(), parts.aws());
    }

    private static PushWorld newPushWorld(Shared parts) {
        return new PushWorld(parts.cluster(), parts.vault());
    }

    private static SafeWorld newSafeWorld(Shared parts) {
        SafeWorld.installCrds(parts.cluster());
        return new SafeWorld(parts.cluster());
    }

    private static OperatorProcess.Builder builder(Shared parts, String dialect) {
        return switch (dialect) {
            case "vaultsecret" -> {
                World.installCrds(parts.cluster());
                yield World.operator(parts.cluster(), parts.vault());
            }
            case "syncedsecret" -> {
                AwsWorld.installCrds(parts.cluster());
                yield AwsWorld.operator(parts.cluster(), parts.aws());
            }
            case "vaultsync" ->
                PushWorld.operator(parts.cluster(), parts.vault(), PushWorld.login(parts.cluster(), parts.vault()));
            default -> throw new IllegalArgumentException("no dialect " + dialect);
        };
    }

    private static OperatorProcess start(Shared parts, WithOperator wanted) {
        OperatorProcess.Builder builder = builder(parts, wanted.dialect());
        for (String variable : wanted.environment()) {
            int equals = variable.indexOf('=');
            builder.environment(variable.substring(0, equals), variable.substring(equals + 1));
        }
        OperatorProcess operator = builder.start();
        operator.awaitReady(World.SOON);
        return operator;
    }

    private static Optional<WithOperator> annotation(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getRequiredTestClass(), WithOperator.class);
    }
}
