/** {@code k8s.kiwi.com/v1 VaultSecret}: Vault paths, merged into one Secret. */
@NullMarked
package io.keyferry.dialect.vaultsecret;

import org.jspecify.annotations.NullMarked;
