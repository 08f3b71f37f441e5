/** Who may write a place that several objects want. */
@NullMarked
package io.keyferry.kubernetes.claim;

import org.jspecify.annotations.NullMarked;
