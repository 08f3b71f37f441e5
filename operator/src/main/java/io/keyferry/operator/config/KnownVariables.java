package io.keyferry.operator.config;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Which variables of Keyferry's prefix mean something. */
final class KnownVariables {
    /** What the launcher reads. */
    private static final Set<String> LAUNCHER = Set.of("KEYFERRY_HEAP", "KEYFERRY_JAVA_OPTS");

    /** What Kubernetes sets in pods for a Service whose name begins with keyferry. */
    private static final Pattern SERVICE = Pattern.compile(
            "KEYFERRY_(\\w+_)?(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?)?)");

    private final Set<String> names;

    KnownVariables() {
        names = new HashSet<>(Variable.names());
        names.addAll(LAUNCHER);
        new Flags().described().forEach(flag -> names.add(flag.variable()));
    }

    boolean contains(String name) {
        return names.contains(name) || SERVICE.matcher(name).matches();
    }
}
