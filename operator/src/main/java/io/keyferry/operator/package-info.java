/** The program: reads its configuration, puts everything together, runs until told to stop. */
@NullMarked
package io.keyferry.operator;

import org.jspecify.annotations.NullMarked;
