/** Commands that work on one manifest, without a cluster. */
@NullMarked
package io.keyferry.cli;

import org.jspecify.annotations.NullMarked;
