/** The chart and the manifests: what they make, and that the operator works with exactly that. */
@NullMarked
package io.keyferry.acceptance.install;

import org.jspecify.annotations.NullMarked;
