/** Flags and environment. */
@NullMarked
package io.keyferry.operator.config;

import org.jspecify.annotations.NullMarked;
