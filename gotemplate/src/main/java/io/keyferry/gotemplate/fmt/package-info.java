/** Go's fmt: print, println, printf. */
@NullMarked
package io.keyferry.gotemplate.fmt;

import org.jspecify.annotations.NullMarked;
