/** The log: one JSON object per line. */
@NullMarked
package io.keyferry.operator.log;

import org.jspecify.annotations.NullMarked;
