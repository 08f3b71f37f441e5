package io.keyferry.store.vsecm.testing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.keyferry.engine.settings.SettingsException;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.store.vsecm.SafeAddress;
import io.keyferry.store.vsecm.VsecmEnvironment;
import io.keyferry.store.vsecm.VsecmStore;
import io.keyferry.testkit.vsecm.FakeWorkloadApi;
import io.keyferry.testkit.vsecm.SafeRequest;
import io.keyferry.testkit.vsecm.StandInSafe;
import io.keyferry.testkit.vsecm.TestAuthority;
import io.keyferry.testkit.vsecm.TestSvid;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A store, its agent and a Safe, whose time stands still. SVIDs live an hour. */
public final class Fixture implements AutoCloseable {
    public static final String OPERATOR = id("vsecm-operator");
    public static final Duration LIFETIME = Duration.ofHours(1);

    public final ManualTime time = new ManualTime();
    public final TestAuthority authority = new TestAuthority("authority");
    public final FakeWorkloadApi agent;
    public final StandInSafe safe;
    public final VsecmStore store;

    public Fixture(Path folder) {
        this(folder, Map.of());
    }

    public Fixture(Path folder, Map<String, String> environment) {
        this(folder, FakeWorkloadApi.start(folder.resolve("agent.sock")), environment);
        issue(OPERATOR);
    }

    public Fixture(Path folder, FakeWorkloadApi agent, Map<String, String> environment) {
        this.agent = agent;
        Instant now = time.now();
        safe = StandInSafe.start(
                authority.issue(StandInSafe.ID, now.minusSeconds(60), now.plus(Duration.ofDays(3650))), time::now);
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent("SPIFFE_ENDPOINT_SOCKET", agent.address());
        try {
            store = new VsecmStore(VsecmEnvironment.read(all), time, time);
        } catch (SettingsException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The ID of a workload by its name. */
    public static String id(String name) {
        return "spiffe://vsecm.com/workload/%s/ns/here/sa/%s/n/pod".formatted(name, name);
    }

    /** A new SVID from the agent. */
    public TestSvid issue(String id) {
        TestSvid svid = svid(id);
        agent.issue(svid);
        return svid;
    }

    /** Becomes Scout. */
    public void beScout() {
        issue(id("vsecm-scout"));
    }

    public TestSvid svid(String id) {
        return authority.issue(id, time.now().minusSeconds(1), time.now().plus(LIFETIME));
    }

    /** Waits until the store has heard of {@code svid}. */
    public void awaitArrival(TestSvid svid) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(10, SECONDS)
                .until(() -> serial().equals(svid.serial()));
    }

    /** The serial number of the SVID that the store holds. */
    public String serial() {
        return store.identity().svid().map(svid -> svid.serial()).orElse("");
    }

    public Reading read() {
        try {
            return ask(safe.address().toString());
        } catch (StoreException e) {
            throw new AssertionError(e.failure().toString(), e);
        }
    }

    public Reading.Found found() {
        return (Reading.Found) read();
    }

    public String value() {
        return new String(found().value().bytes(), StandardCharsets.UTF_8);
    }

    public StoreFailure failure() {
        return failure(safe.address().toString());
    }

    public StoreFailure failure(String url) {
        try {
            throw new AssertionError("no failure but " + ask(url));
        } catch (StoreException e) {
            return e.failure();
        }
    }

    /** What came of it, in a word: {@code read}, or the reason of the failure. */
    public String outcome() {
        try {
            ask(safe.address().toString());
            return "read";
        } catch (StoreException e) {
            return e.failure().reason();
        }
    }

    public Reading ask(String url) throws StoreException {
        try {
            return store.read(VsecmStore.access(SafeAddress.parse(url)), VsecmStore.everything());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public SafeRequest lastRequest() {
        return safe.requests().getLast();
    }

    @Override
    public void close() {
        store.close();
        safe.close();
        agent.close();
    }
}
