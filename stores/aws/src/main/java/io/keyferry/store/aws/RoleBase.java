package io.keyferry.store.aws;

import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What short names of roles begin with: {@code arn:aws:iam::123456789012:role/}. The instance's own role tells it, as it
 * does the original; where there is no instance metadata, STS tells the account. Found once, it stays.
 */
final class RoleBase {
    /** Where the operator runs, as far as roles are concerned. */
    interface Surroundings {
        /** The instance profile's ARN, empty if this is no instance or has none. */
        Optional<String> instanceProfile() throws InterruptedException;

        /** The ARN of whoever the operator is to STS. */
        String caller();
    }

    private final Surroundings surroundings;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable String base;

    RoleBase(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    String get() throws StoreException, InterruptedException {
        lock.lock();
        try {
            String known = base;
            if (known == null) {
                known = find();
                base = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private String find() throws StoreException, InterruptedException {
        Optional<String> profile = surroundings.instanceProfile();
        if (profile.isPresent()) {
            String role = profile.get().replace("instance-profile", "role");
            int slash = role.indexOf('/');
            return (slash < 0 ? role : role.substring(0, slash)) + "/";
        }
        try {
            String caller = surroundings.caller();
            Arn arn = Arn.parse(caller)
                    .orElseThrow(() -> AwsFailures.invalid(
                            StoreFailure.Phase.AUTHENTICATE, "STS names the operator by no ARN: " + caller));
            return "arn:%s:iam::%s:role/".formatted(arn.partition(), arn.account());
        } catch (SdkException e) {
            throw AwsFailures.of(e, StoreFailure.Phase.AUTHENTICATE, "finding out the operator's own account");
        }
    }
}
