/**
 * VMware Secrets Manager: what its Safe gives to a workload, over {@link io.keyferry.store.vsecm.spiffe HTTP under a SPIFFE
 * identity}. Envelopes and catalogues are known here alone.
 */
@NullMarked
package io.keyferry.store.vsecm;

import org.jspecify.annotations.NullMarked;
