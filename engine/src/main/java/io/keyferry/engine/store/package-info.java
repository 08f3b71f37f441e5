/** The contract between the engine and one remote system that keeps secrets. */
@NullMarked
package io.keyferry.engine.store;

import org.jspecify.annotations.NullMarked;
