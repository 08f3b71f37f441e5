/** All dialects at once for a long time, with edits and faults: whether anything grows, is lost, or is complained of. */
@NullMarked
package io.keyferry.bench.soak;

import org.jspecify.annotations.NullMarked;
