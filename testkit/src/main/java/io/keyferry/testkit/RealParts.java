package io.keyferry.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives tests parameters of type {@link Cluster}, {@link Vault} and {@link Aws}. One of each is started when the first test asks
 * for it, shared by all tests of the JVM, and gone at their end; after each test its faults are healed, its record of
 * requests is empty, and what the test stopped runs again. A parameter marked {@link Own} is started for that test
 * alone. Such tests carry the tag {@code parts}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Tag("parts")
@ExtendWith(RealPartsExtension.class)
public @interface RealParts {}
