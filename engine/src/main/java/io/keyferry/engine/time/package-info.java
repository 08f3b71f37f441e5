/** Time as the engine sees it, so that tests can hold it still. */
@NullMarked
package io.keyferry.engine.time;

import org.jspecify.annotations.NullMarked;
