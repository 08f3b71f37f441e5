package io.keyferry.store.aws;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What may be meant by a name, an ARN, or an ARN without the six characters that AWS adds to the name.
 *
 * @param home the ARN that tells region and account, if it is one
 * @param names the names that the secret may have
 */
record SecretId(Optional<Arn> home, Set<String> names) {
    private static final String KIND = "secret:";
    private static final Pattern ADDED = Pattern.compile("-[0-9A-Za-z]{6}");

    static SecretId parse(String text) {
        Optional<Arn> arn = Arn.parse(text).filter(known -> known.resource().startsWith(KIND));
        if (arn.isEmpty()) {
            return new SecretId(arn, Set.of(text));
        }
        String name = arn.get().resource().substring(KIND.length());
        Set<String> names = new HashSet<>();
        names.add(name);
        int end = name.length() - 7;
        if (end > 0 && ADDED.matcher(name.substring(end)).matches()) {
            names.add(name.substring(0, end));
        }
        return new SecretId(arn, Set.copyOf(names));
    }

    /** Whether both may mean the same secret. */
    boolean mayBe(SecretId other) {
        return isWhere(other) && names.stream().anyMatch(other.names::contains);
    }

    private boolean isWhere(SecretId other) {
        if (home.isEmpty() || other.home.isEmpty()) {
            return true;
        }
        Arn here = home.get();
        Arn there = other.home.get();
        return here.partition().equals(there.partition())
                && here.region().equals(there.region())
                && here.account().equals(there.account());
    }
}
