/** JSON as values that keep what was written: the order of keys and the spelling of numbers. */
@NullMarked
package io.keyferry.json;

import org.jspecify.annotations.NullMarked;
