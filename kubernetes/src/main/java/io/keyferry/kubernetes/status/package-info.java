/** Status of custom resources, written behind the Secrets. */
@NullMarked
package io.keyferry.kubernetes.status;

import org.jspecify.annotations.NullMarked;
