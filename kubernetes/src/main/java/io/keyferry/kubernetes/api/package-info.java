/** Lean requests to the API server, and the gate that all writes pass. */
@NullMarked
package io.keyferry.kubernetes.api;

import org.jspecify.annotations.NullMarked;
