package io.keyferry.acceptance;

import io.keyferry.testkit.RealParts;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests of an operator that runs already: one for all tests of the class, in all namespaces, on the shared parts. They
 * take it as a parameter of type {@link io.keyferry.testkit.OperatorProcess}, and a {@link World} of their own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@RealParts
@ExtendWith(OperatorExtension.class)
public @interface WithOperator {
    /** The one dialect that the operator speaks; {@code syncedsecret} goes with an {@link AwsWorld}, {@code vaultsync} with a {@link PushWorld}. */
    String dialect() default "vaultsecret";

    /** The operator's environment besides what its parts need, as {@code NAME=value}. */
    String[] environment() default {};
}
