package io.keyferry.bench.soak;

import io.keyferry.testkit.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What goes wrong on purpose, one after the other, and when it did. */
final class Troubles {
    /** How long after a fault its consequences may be complained of: what was being tried again has found out by then. */
    private static final Duration AFTERMATH = Duration.ofSeconds(20);

    /** One thing that can go wrong, and how it ends. */
    private record Trouble(String name, Runnable begin, Runnable end) {}

    private record Period(Instant from, Instant until) {}

    private final List<Trouble> troubles = new ArrayList<>();
    private final List<Period> periods = new ArrayList<>();

    Troubles(SoakServers servers) {
        for (Fault fault : List.of(
                Fault.status(500),
                Fault.tooManyRequests(Duration.ofSeconds(2)),
                Fault.reset(),
                Fault.hang(),
                Fault.garbage(),
                Fault.slow(Duration.ofSeconds(2)))) {
            troubles.add(new Trouble(
                    "Vault: " + fault.getClass().getSimpleName(),
                    () -> servers.vault().proxy().inject("/v1/", fault),
                    servers.vault().proxy()::heal));
        }
        troubles.add(new Trouble("Vault is sealed", servers.vault()::seal, servers.vault()::resume));
        troubles.add(new Trouble(
                "Vault is away",
                servers.vault().proxy()::refuse,
                servers.vault().proxy()::heal));
        for (Fault fault : List.of(Fault.status(500), Fault.reset(), Fault.hang())) {
            troubles.add(new Trouble(
                    "AWS: " + fault.getClass().getSimpleName(),
                    () -> servers.aws().proxy().inject("/", fault),
                    servers.aws().proxy()::heal));
        }
        troubles.add(new Trouble("Safe is broken", servers.safe()::broken, servers.safe()::heal));
        troubles.add(new Trouble("Safe hangs", servers.safe()::hang, servers.safe()::heal));
        troubles.add(new Trouble("Safe resets", servers.safe()::reset, servers.safe()::heal));
        troubles.add(new Trouble("the agent is away", servers.agent()::stop, servers::startAgent));
        // For longer than it takes to start again would cost the operator its leases, and its life.
        troubles.add(new Trouble("the API server starts again", servers.cluster()::restartApiServer, () -> {}));
    }

    /** Lets one happen while something else goes on; returns its name. */
    String happen(RandomGenerator random, Meanwhile meanwhile) throws InterruptedException {
        Trouble trouble = troubles.get(random.nextInt(troubles.size()));
        Instant from = Instant.now();
        trouble.begin().run();
        meanwhile.run();
        trouble.end().run();
        periods.add(new Period(from, Instant.now().plus(AFTERMATH)));
        return trouble.name();
    }

    /** See {@link #happen}. */
    @FunctionalInterface
    interface Meanwhile {
        void run() throws InterruptedException;
    }

    /** Whether something was wrong at that moment, or had just been. */
    boolean explain(Instant moment) {
        return periods.stream().anyMatch(period -> !moment.isBefore(period.from()) && !moment.isAfter(period.until()));
    }
}
