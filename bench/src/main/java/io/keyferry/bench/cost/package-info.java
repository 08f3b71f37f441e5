/** Counts the calls to AWS that the engine makes in simulated days, beside those that the original makes by its formula. */
@NullMarked
package io.keyferry.bench.cost;

import org.jspecify.annotations.NullMarked;
