/** Secret values and what a recipe makes of them. */
@NullMarked
package io.keyferry.engine.content;

import org.jspecify.annotations.NullMarked;
