package io.keyferry.store.aws;

import io.keyferry.engine.content.OneLine;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import java.util.Map;

/** Makes ARNs of the names that users give to roles. */
final class Roles {
    /** The attribute of a principal's reading that tells its ARN. */
    static final String ARN = "arn";

    private final RoleBase base;

    Roles(RoleBase base) {
        this.base = base;
    }

    /** An ARN as it is, a short name below the operator's own account. */
    String resolve(String name) throws StoreException, InterruptedException {
        if (RoleName.isArn(name)) {
            return name;
        }
        if (RoleName.looksLikeArn(name)) {
            throw invalid(name, "is not the ARN of a role");
        }
        String arn = base.get() + name;
        if (!RoleName.isArn(arn)) {
            throw invalid(name, "is not the name of a role");
        }
        return arn;
    }

    Reading principal(String name) throws StoreException, InterruptedException {
        return new Reading.Principal(Map.of(ARN, resolve(name)));
    }

    private static StoreException invalid(String name, String why) {
        return AwsFailures.invalid(
                StoreFailure.Phase.AUTHENTICATE,
                "\"%s\" %s: use arn:aws:iam::ACCOUNT:role/NAME or NAME".formatted(OneLine.of(name), why));
    }
}
