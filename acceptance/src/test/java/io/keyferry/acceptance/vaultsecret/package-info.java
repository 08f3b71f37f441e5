/** What a VaultSecret does, one class for each behaviour; together they read as the dialect's specification. */
@NullMarked
package io.keyferry.acceptance.vaultsecret;

import org.jspecify.annotations.NullMarked;
