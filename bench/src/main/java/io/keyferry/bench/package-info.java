/** Measures the operator as it is shipped, on real servers, beside writers that do nothing but write. */
@NullMarked
package io.keyferry.bench;

import org.jspecify.annotations.NullMarked;
