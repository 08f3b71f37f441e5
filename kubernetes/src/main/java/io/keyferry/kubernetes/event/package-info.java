/** Kubernetes Events, written sparingly. */
@NullMarked
package io.keyferry.kubernetes.event;

import org.jspecify.annotations.NullMarked;
