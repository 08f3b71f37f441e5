package io.keyferry.testkit.vsecm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A Safe and agents as a process, for demonstrations. Arguments: a folder for sockets, a port (0 for any), and names of
 * workloads; each gets a socket {@code NAME.sock} in the folder. Prints {@code safe URL} and then reads commands, a line
 * each, until its input ends: {@code put NAME VALUE}, {@code remove NAME}, {@code rotate NAME}, {@code deny NAME},
 * {@code allow NAME}, {@code rootkey true|false}, {@code notready}, {@code heal}; each is answered with {@code ok} or {@code
 * unknown}.
 */
public final class SafeMain {
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final TestAuthority authority = new TestAuthority("demo authority");
    private final Map<String, FakeWorkloadApi> agents = new HashMap<>();
    private final StandInSafe safe;

    private SafeMain(Path folder, int port, String[] arguments) {
        Instant now = Instant.now();
        safe = StandInSafe.start(
                authority.issue(StandInSafe.ID, now.minusSeconds(60), now.plus(Duration.ofDays(365))), port);
        for (int i = 2; i < arguments.length; i++) {
            agents.put(arguments[i], FakeWorkloadApi.start(folder.resolve(arguments[i] + ".sock")));
            rotate(arguments[i]);
        }
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("arguments: folder, port, names of workloads");
        }
        SafeMain main =
                new SafeMain(Files.createDirectories(Path.of(arguments[0])), Integer.parseInt(arguments[1]), arguments);
        System.out.println("safe " + main.safe.address());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(main.run(line.split(" ", 3)) ? "ok" : "unknown");
            }
        } finally {
            main.agents.values().forEach(FakeWorkloadApi::close);
            main.safe.close();
        }
    }

    private boolean run(String[] words) {
        String name = words.length > 1 ? words[1] : "";
        FakeWorkloadApi agent = agents.get(name);
        switch (words[0]) {
            case "put" -> safe.put(name, words.length > 2 ? words[2] : "");
            case "remove" -> safe.remove(name);
            case "rootkey" -> safe.rootKey(name.equals("true"));
            case "notready" -> safe.notReady();
            case "heal" -> safe.heal();
            default -> {
                return agent != null && tell(agent, words[0], name);
            }
        }
        return true;
    }

    private boolean tell(FakeWorkloadApi agent, String command, String name) {
        switch (command) {
            case "rotate" -> rotate(name);
            case "deny" -> agent.deny();
            case "allow" -> agent.allow();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void rotate(String name) {
        Instant now = Instant.now();
        FakeWorkloadApi agent = agents.get(name);
        if (agent != null) {
            agent.issue(authority.issue(
                    "spiffe://vsecm.com/workload/%s/ns/demo/sa/%s/n/demo".formatted(name, name),
                    now.minusSeconds(60),
                    now.plus(LIFETIME)));
        }
    }
}
