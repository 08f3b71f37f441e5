package io.keyferry.acceptance;

import io.keyferry.testkit.RealParts;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that take a {@link World} of their own as a parameter, on the shared parts, and start operators themselves. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@RealParts
@ExtendWith(OperatorExtension.class)
public @interface WithWorld {}
