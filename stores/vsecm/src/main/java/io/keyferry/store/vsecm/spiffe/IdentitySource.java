package io.keyferry.store.vsecm.spiffe;

import java.nio.file.Path;

/** Where this process gets its X.509-SVID from. */
public sealed interface IdentitySource {
    /** A SPIFFE agent; of several SVIDs the first is taken, which the standard makes the default. */
    record WorkloadApi(WorkloadEndpoint endpoint) implements IdentitySource {}

    /**
     * PEM files, which something else renews.
     *
     * @param chain the leaf certificate first
     * @param key PKCS#8, not encrypted
     * @param bundle the authorities of the SVID's trust domain
     */
    record PemFiles(Path chain, Path key, Path bundle) implements IdentitySource {}
}
