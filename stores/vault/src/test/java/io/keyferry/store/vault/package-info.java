@NullMarked
package io.keyferry.store.vault;

import org.jspecify.annotations.NullMarked;
