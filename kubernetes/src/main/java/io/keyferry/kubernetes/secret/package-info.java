/** Kubernetes Secrets: the one watch on them, and how they are written. */
@NullMarked
package io.keyferry.kubernetes.secret;

import org.jspecify.annotations.NullMarked;
