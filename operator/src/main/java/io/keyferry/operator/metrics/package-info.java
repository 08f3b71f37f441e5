/** What the program measures of itself. There are no traces that exemplars could point to, so that no series has any. */
@NullMarked
package io.keyferry.operator.metrics;

import org.jspecify.annotations.NullMarked;
