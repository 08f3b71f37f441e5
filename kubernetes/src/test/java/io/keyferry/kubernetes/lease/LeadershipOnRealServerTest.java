package io.keyferry.kubernetes.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.RealParts;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One of several leads, the next as soon as it stops, and what others have put into the Lease stays. */
@RealParts
class LeadershipOnRealServerTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String NAME = "example.com";

    private final Cluster cluster;
    private final String namespace;
    private final List<Leadership> all = new ArrayList<>();
    private final Queue<String> lost = new ConcurrentLinkedQueue<>();

    LeadershipOnRealServerTest(Cluster cluster) {
        this.cluster = cluster;
        this.namespace = cluster.newNamespace();
    }

    private final class Candidate {
        private final CountDownLatch leading = new CountDownLatch(1);
        private final Leadership leadership;

        Candidate(String identity) {
            leadership = new Leadership(
                    cluster.client(),
                    NAME,
                    Optional.of(new Election(namespace, identity)),
                    TimeSource.system(),
                    leading::countDown,
                    () -> lost.add(identity));
            leadership.start();
            all.add(leadership);
        }

        boolean leads() {
            return leading.getCount() == 0;
        }
    }

    @AfterEach
    void stop() {
        all.forEach(Leadership::close);
        assertThat(lost).isEmpty();
    }

    private Lease lease() {
        return cluster.client().leases().inNamespace(namespace).withName(NAME).require();
    }

    private LeaseBuilder blank() {
        return new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(NAME)
                .endMetadata();
    }

    private void create(LeaseBuilder lease) {
        var _ = cluster.client().resource(lease.build()).create();
    }

    @Test
    void theNextLeadsWhenTheFirstGivesTheLeaseBack() throws InterruptedException {
        Candidate first = new Candidate("first");
        assertThat(first.leading.await(20, TimeUnit.SECONDS)).isTrue();
        Candidate second = new Candidate("second");
        await().atMost(SOON).until(second.leadership::isLed);
        ZonedDateTime renewed = lease().getSpec().getRenewTime();
        await("a renewal")
                .atMost(SOON)
                .until(() -> lease().getSpec().getRenewTime().isAfter(renewed));
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("first");
        assertThat(lease().getSpec().getLeaseDurationSeconds()).isEqualTo(15);
        assertThat(second.leads()).isFalse();
        first.leadership.close();
        // It would run out after 15.
        assertThat(second.leading.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("second");
        assertThat(second.leadership.isLed()).isTrue();
        second.leadership.close();
        assertThat(lease().getSpec().getHolderIdentity()).isNullOrEmpty();
    }

    @Test
    void anEmptyLeaseIsTakenToo() throws InterruptedException {
        create(blank());
        assertThat(new Candidate("next").leading.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aLeaseThatHasRunOutIsTakenAsItIs() throws InterruptedException {
        create(blank().editMetadata()
                .withLabels(Map.of("team", "red"))
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity("dead")
                .withLeaseDurationSeconds(15)
                .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC).minusMinutes(1))
                .withLeaseTransitions(7)
                .endSpec());
        Candidate next = new Candidate("next");
        assertThat(next.leading.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("next");
        assertThat(lease().getSpec().getLeaseTransitions()).isEqualTo(8);
        assertThat(lease().getMetadata().getLabels()).isEqualTo(Map.of("team", "red"));
    }

    @Test
    void ofManyWhoComeAtOnceOneLeads() {
        List<Candidate> candidates = IntStream.range(0, 5)
                .mapToObj(i -> new Candidate("candidate-" + i))
                .toList();
        await("all see somebody lead").atMost(SOON).until(() -> all.stream().allMatch(Leadership::isLed));
        assertThat(candidates).filteredOn(Candidate::leads).hasSize(1);
    }

    /** As client-go leaves it when it is given back. */
    @Test
    void aLeaseThatClientGoGaveBackIsTakenAtOnce() throws InterruptedException {
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        create(blank().withNewSpec()
                .withHolderIdentity("")
                .withLeaseDurationSeconds(1)
                .withAcquireTime(now)
                .withRenewTime(now)
                .withLeaseTransitions(1)
                .endSpec());
        assertThat(new Candidate("next").leading.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoIsClosedDoesNotLeadAnyMore() throws InterruptedException {
        Candidate first = new Candidate("first");
        assertThat(first.leading.await(20, TimeUnit.SECONDS)).isTrue();
        Candidate second = new Candidate("second");
        second.leadership.stopCompeting();
        first.leadership.close();
        await("the lease is free, or taken by who does not lead")
                .atMost(SOON)
                .until(() -> !"first".equals(lease().getSpec().getHolderIdentity()));
        second.leadership.close();
        assertThat(second.leads()).isFalse();
        assertThat(lease().getSpec().getHolderIdentity()).isNullOrEmpty();
    }
}
