@NullMarked
package io.keyferry.store.vsecm;

import org.jspecify.annotations.NullMarked;
