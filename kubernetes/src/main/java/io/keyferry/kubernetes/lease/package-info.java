/** Leader election: which of several processes works. */
@NullMarked
package io.keyferry.kubernetes.lease;

import org.jspecify.annotations.NullMarked;
