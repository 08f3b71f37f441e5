/** Small rules of the Go language that the original operators show to their users. */
@NullMarked
package io.keyferry.dialect.go;

import org.jspecify.annotations.NullMarked;
