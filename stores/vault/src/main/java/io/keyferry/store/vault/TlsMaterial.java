package io.keyferry.store.vault;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * What the process trusts, and the certificate it shows.
 *
 * @param context trust and keys, hostname verification included
 * @param parameters protocols and the server name to ask for
 */
public record TlsMaterial(SSLContext context, SSLParameters parameters) {}
