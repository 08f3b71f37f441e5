package io.keyferry.testkit.vsecm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Safe and agents as a process, for demonstrations. Arguments: a folder for sockets, a port (0 for any), and names of
 * workloads; each gets a socket {@code NAME.sock} in the folder and an SVID. Prints one line of JSON: {@code safe}, {@code
 * live} and {@code ready} are URLs, {@code agents} has the address of each workload's agent. Then it obeys commands, a line each,
 * until its input ends, and answers each with a line of JSON, {@code {"ok":true}} or an {@code error}:
 *
 * <ul>
 *   <li>{@code put NAME VALUE}, {@code delete NAME}: secrets;
 *   <li>{@code mood good|hang|reset|trickle|notready|broken|norootkey}: how the Safe is;
 *   <li>{@code rotate|deny|allow|silence|complete|stop|start NAME}: what an agent does;
 *   <li>{@code requests}: what the Safe was asked so far.
 * </ul>
 */
public final class SafeMain {
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final TestAuthority authority = new TestAuthority("demo authority");
    private final Map<String, FakeWorkloadApi> agents = new LinkedHashMap<>();
    private final StandInSafe safe;

    private SafeMain(Path folder, int port, List<String> names) {
        Instant now = Instant.now();
        safe = StandInSafe.start(
                authority.issue(StandInSafe.ID, now.minusSeconds(60), now.plus(Duration.ofDays(365))), port);
        for (String name : names) {
            FakeWorkloadApi agent = FakeWorkloadApi.start(folder.resolve(name + ".sock"));
            agents.put(name, agent);
            rotate(name, agent);
        }
    }

    public static void main(String[] arguments) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            run(List.of(arguments), lines, System.out);
        }
    }

    static void run(List<String> arguments, BufferedReader lines, PrintStream out) throws IOException {
        if (arguments.size() < 2) {
            throw new IllegalArgumentException("arguments: folder, port, names of workloads");
        }
        Path folder = Files.createDirectories(Path.of(arguments.get(0)));
        SafeMain main =
                new SafeMain(folder, Integer.parseInt(arguments.get(1)), arguments.subList(2, arguments.size()));
        try {
            out.println(GoJson.write(main.addresses()));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.println(GoJson.write(main.obey(line.split(" ", 3))));
            }
        } finally {
            main.agents.values().forEach(FakeWorkloadApi::close);
            main.safe.close();
        }
    }

    private Map<String, Object> addresses() {
        Map<String, Object> sockets = new LinkedHashMap<>();
        agents.forEach((name, agent) -> sockets.put(name, agent.address()));
        Map<String, Object> addresses = new LinkedHashMap<>();
        addresses.put("safe", safe.address().toString());
        addresses.put("live", safe.liveProbe().toString());
        addresses.put("ready", safe.readyProbe().toString());
        addresses.put("agents", sockets);
        return addresses;
    }

    private Map<String, Object> obey(String[] words) {
        try {
            String name = words.length > 1 ? words[1] : "";
            switch (words[0]) {
                case "put" -> safe.put(name, words.length > 2 ? words[2] : "");
                case "delete" -> safe.remove(name);
                case "mood" -> become(name);
                case "requests" -> {
                    return Map.of("ok", true, "requests", safe.requests());
                }
                default -> tell(words[0], name);
            }
            return Map.of("ok", true);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            return Map.of("ok", false, "error", String.valueOf(e.getMessage()));
        }
    }

    private void become(String mood) {
        safe.heal();
        safe.rootKey(true);
        switch (mood) {
            case "good" -> {}
            case "hang" -> safe.hang();
            case "reset" -> safe.reset();
            case "trickle" -> safe.trickle();
            case "notready" -> safe.notReady();
            case "broken" -> safe.broken();
            case "norootkey" -> safe.rootKey(false);
            default -> throw new IllegalArgumentException("unknown mood");
        }
    }

    private void tell(String command, String name) {
        FakeWorkloadApi agent = agents.get(name);
        if (agent == null) {
            throw new IllegalArgumentException("unknown command or workload");
        }
        switch (command) {
            case "rotate" -> rotate(name, agent);
            case "deny" -> agent.deny();
            case "allow" -> agent.allow();
            case "silence" -> agent.fallSilent();
            case "complete" -> agent.complete();
            case "stop" -> agent.stop();
            case "start" -> agent.start();
            default -> throw new IllegalArgumentException("unknown command or workload");
        }
    }

    private void rotate(String name, FakeWorkloadApi agent) {
        Instant now = Instant.now();
        agent.issue(authority.issue(
                "spiffe://vsecm.com/workload/%s/ns/demo/sa/%s/n/demo".formatted(name, name),
                now.minusSeconds(60),
                now.plus(LIFETIME)));
    }
}
