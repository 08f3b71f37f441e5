/** Vault and OpenBao behind the engine's store contract: KV 1 and 2, token and Kubernetes login. */
@NullMarked
package io.keyferry.store.vault;

import org.jspecify.annotations.NullMarked;
