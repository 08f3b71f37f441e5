/** Namespaces as a store of what their labels and annotations say. */
@NullMarked
package io.keyferry.kubernetes.namespace;

import org.jspecify.annotations.NullMarked;
