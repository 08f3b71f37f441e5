/** Microbenchmarks of Go templates. */
@NullMarked
package io.keyferry.bench.template;

import org.jspecify.annotations.NullMarked;
