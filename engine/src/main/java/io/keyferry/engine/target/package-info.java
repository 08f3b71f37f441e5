/** Where content goes: observing, comparing and guarding before anything is written. */
@NullMarked
package io.keyferry.engine.target;

import org.jspecify.annotations.NullMarked;
