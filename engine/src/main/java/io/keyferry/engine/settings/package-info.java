/** What configures a part of the program makes sense, or is told about, all of it at once. */
@NullMarked
package io.keyferry.engine.settings;

import org.jspecify.annotations.NullMarked;
