/** One reconcile from top to bottom: a sync is a recipe and a target; the engine evaluates, compares and applies. */
@NullMarked
package io.keyferry.engine;

import org.jspecify.annotations.NullMarked;
