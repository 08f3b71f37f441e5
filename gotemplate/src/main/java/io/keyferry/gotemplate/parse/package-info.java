/** Go's template language: from text to trees of nodes. */
@NullMarked
package io.keyferry.gotemplate.parse;

import org.jspecify.annotations.NullMarked;
