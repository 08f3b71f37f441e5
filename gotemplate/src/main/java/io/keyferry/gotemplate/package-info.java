/** Go's text/template: {@link io.keyferry.gotemplate.Template} is where to begin. */
@NullMarked
package io.keyferry.gotemplate;

import org.jspecify.annotations.NullMarked;
