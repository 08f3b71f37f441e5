/** The values that Go templates work on: immutable, and each one knows its Go type. */
@NullMarked
package io.keyferry.gotemplate.value;

import org.jspecify.annotations.NullMarked;
