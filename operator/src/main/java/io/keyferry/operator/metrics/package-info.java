/** What the program measures of itself. */
@NullMarked
package io.keyferry.operator.metrics;

import org.jspecify.annotations.NullMarked;
