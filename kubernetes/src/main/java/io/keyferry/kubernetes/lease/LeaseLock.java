package io.keyferry.kubernetes.lease;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.api.RootCause;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lease object. Needs what the originals' election needs, get, create and update, where the client library's own lock
 * patches; and says once why the lease cannot be had, where the library says so every time with a stack trace.
 */
final class LeaseLock implements Lock {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseLock.class);
    private static final String NOBODY = "";
    private static final ZonedDateTime NEVER = Instant.EPOCH.atZone(ZoneOffset.UTC);
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int FORBIDDEN = 403;

    private final Election election;
    private final String name;
    private final LeaseSightings sightings;
    private final TimeSource time;
    private @Nullable Lease seen;
    private String told = "";
    private boolean released;

    LeaseLock(Election election, String name, TimeSource time) {
        this.election = election;
        this.name = name;
        this.sightings = new LeaseSightings(election.identity(), time);
        this.time = time;
    }

    /** Whether somebody, this process or another, was seen to renew it just now. */
    boolean isLed() {
        return sightings.isLed();
    }

    @Override
    public synchronized @Nullable LeaderElectionRecord get(KubernetesClient client) {
        seen = attempt(() -> resource(client).get());
        LeaderElectionRecord record = sightings.saw(seen == null ? null : record(spec(seen)));
        if (sightings.isLed() && !sightings.isOurs()) {
            told = "";
        }
        return record;
    }

    /** Renews it at once, so that nobody leads who may create a lease and not keep it. */
    @Override
    public synchronized void create(KubernetesClient client, LeaderElectionRecord record) {
        Lease whole = new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(election.namespace())
                .withName(name)
                .endMetadata()
                .build();
        seen = attempt(() -> client.resource(with(whole, record)).create());
        update(client, record);
    }

    @Override
    public synchronized void update(KubernetesClient client, LeaderElectionRecord record) {
        Lease before = Objects.requireNonNull(seen, "get or create comes first");
        Lease after = attempt(() -> client.resource(with(before, record)).update());
        seen = after;
        told = "";
        sightings.renewed(record(spec(after)));
    }

    /**
     * Gives the lease back, so that the next one need not wait until it runs out, and has nothing more to do with it. Does
     * nothing if somebody else holds it.
     */
    synchronized void release(KubernetesClient client) {
        try {
            Lease now = resource(client).get();
            if (now != null && election.identity().equals(spec(now).getHolderIdentity())) {
                Lease _ = client.resource(new LeaseBuilder(now)
                                .editSpec()
                                .withHolderIdentity(NOBODY)
                                .withLeaseDurationSeconds(1)
                                .endSpec()
                                .build())
                        .update();
            }
        } catch (KubernetesClientException e) {
            LOG.warn("could not give back lease {}: {}", describe(), reason(e));
        }
        released = true;
    }

    @Override
    public String identity() {
        return election.identity();
    }

    @Override
    public String describe() {
        return election.namespace() + "/" + name;
    }

    private Resource<Lease> resource(KubernetesClient client) {
        return client.leases().inNamespace(election.namespace()).withName(name);
    }

    /** What else others have put there stays. It is renewed now, and not when the election began to ask for it. */
    private Lease with(Lease before, LeaderElectionRecord record) {
        return new LeaseBuilder(before)
                .editOrNewSpec()
                .withHolderIdentity(record.getHolderIdentity())
                .withLeaseDurationSeconds(
                        Math.toIntExact(record.getLeaseDuration().toSeconds()))
                .withAcquireTime(record.getAcquireTime())
                .withRenewTime(time.now().atZone(ZoneOffset.UTC))
                .withLeaseTransitions(record.getLeaderTransitions())
                .endSpec()
                .build();
    }

    private static LeaseSpec spec(Lease lease) {
        return Objects.requireNonNullElseGet(lease.getSpec(), LeaseSpec::new);
    }

    private static LeaderElectionRecord record(LeaseSpec spec) {
        return new LeaderElectionRecord(
                Objects.requireNonNullElse(spec.getHolderIdentity(), NOBODY),
                Optional.ofNullable(spec.getLeaseDurationSeconds())
                        .map(Duration::ofSeconds)
                        .orElse(Election.DURATION),
                Objects.requireNonNullElse(spec.getAcquireTime(), NEVER),
                Objects.requireNonNullElse(spec.getRenewTime(), NEVER),
                Objects.requireNonNullElse(spec.getLeaseTransitions(), 0));
    }

    private <T extends @Nullable Object> T attempt(Supplier<T> request) {
        if (released) {
            throw new KubernetesClientException("lease " + describe() + " was given back");
        }
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT) {
                tell(e);
            }
            throw e;
        }
    }

    private void tell(KubernetesClientException failure) {
        String problem = reason(failure) + remedy(failure.getCode());
        if (!problem.equals(told)) {
            told = problem;
            LOG.error(
                    sightings.isOurs() ? "lease {} could not be renewed: {}" : "waiting: lease {} cannot be had: {}",
                    describe(),
                    problem);
        }
    }

    private String remedy(int code) {
        return switch (code) {
            case FORBIDDEN ->
                "; grant get, create and update on leases in namespace %s, or run one replica alone with --leader-elect=false"
                        .formatted(election.namespace());
            case NOT_FOUND -> "; name a namespace that exists with --leader-election-namespace";
            default -> "";
        };
    }

    private static String reason(KubernetesClientException failure) {
        if (failure.getStatus() != null && failure.getStatus().getMessage() != null) {
            return failure.getStatus().getMessage();
        }
        return RootCause.message(failure);
    }
}
