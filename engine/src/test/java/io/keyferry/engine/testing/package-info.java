/** A clock that only moves when told to, and a store that answers as told. */
@NullMarked
package io.keyferry.engine.testing;

import org.jspecify.annotations.NullMarked;
