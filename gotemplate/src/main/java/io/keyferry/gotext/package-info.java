/** Text as Go reads and writes it: durations, floating-point numbers, quotes, timestamps. */
@NullMarked
package io.keyferry.gotext;

import org.jspecify.annotations.NullMarked;
