package io.keyferry.testkit.vsecm;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who asks, by the SPIFFE ID of the client certificate.
 *
 * @param id the whole ID
 * @param name what Safe captures of it
 */
record Caller(String id, String name) {
    private static final Pattern WORKLOAD =
            Pattern.compile("^spiffe://vsecm.com/workload/([^/]+)/ns/[^/]+/sa/[^/]+/n/[^/]+$");
    private static final int URI = 6;
    private static final int DIGITAL_SIGNATURE = 0;

    /**
     * Reads who a certificate is for.
     *
     * @throws IllegalArgumentException if it is for no workload, or no X.509-SVID at all
     */
    static Caller of(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        if (certificate.getBasicConstraints() >= 0 || usage == null || !usage[DIGITAL_SIGNATURE]) {
            throw new IllegalArgumentException("no leaf of an X.509-SVID");
        }
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            List<String> ids = names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> name.get(0).equals(URI))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
            String id = ids.size() == 1 ? ids.getFirst() : "";
            Matcher workload = WORKLOAD.matcher(id);
            if (!workload.matches()) {
                throw new IllegalArgumentException("no workload");
            }
            return new Caller(id, workload.group(1));
        } catch (CertificateParsingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** By the name alone, whatever namespace and service account it has. */
    boolean fetchesAll() {
        return name.equals("vsecm-scout");
    }

    boolean isSentinel() {
        return is("vsecm-sentinel");
    }

    boolean mayWrite() {
        return is("vsecm-sentinel") || is("vsecm-scout");
    }

    private boolean is(String component) {
        return id.matches(
                "^spiffe://vsecm.com/workload/%s/ns/vsecm-system/sa/%s/n/[^/]+$".formatted(component, component));
    }
}
