/** Annotations {@code vault-sync.io/…} that carry Secrets to Vault, as vault-sync-operator reads them. */
@NullMarked
package io.keyferry.dialect.vaultsync;

import org.jspecify.annotations.NullMarked;
