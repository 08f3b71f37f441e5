@NullMarked
package io.keyferry.engine.time;

import org.jspecify.annotations.NullMarked;
