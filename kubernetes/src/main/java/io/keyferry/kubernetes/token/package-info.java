/** Tokens of ServiceAccounts. */
@NullMarked
package io.keyferry.kubernetes.token;

import org.jspecify.annotations.NullMarked;
