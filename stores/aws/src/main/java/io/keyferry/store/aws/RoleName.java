package io.keyferry.store.aws;

import java.util.regex.Pattern;

/** The names of IAM roles, in the form that the original takes. */
final class RoleName {
    /** Possessive, so that it never goes back. */
    private static final Pattern ARN = Pattern.compile("arn:[0-9A-Za-z_-]*+:iam::[0-9]++:role[0-9A-Za-z_./-]*+");

    private RoleName() {}

    /** Whether {@code text} is a role's ARN from its first character to its last. */
    static boolean isArn(String text) {
        return ARN.matcher(text).matches();
    }

    /** Whether {@code text} wants to be an ARN. */
    static boolean looksLikeArn(String text) {
        return text.regionMatches(true, 0, "arn:", 0, "arn:".length());
    }
}
