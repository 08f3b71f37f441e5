package io.keyferry.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An OpenBao server that keeps its data in files (raft with one node), initialised with one unseal key. */
final class OpenBao {
    /** The PEM files that a listener with TLS shows. */
    record Tls(Path certificate, Path key) {}

    private final Path folder;
    private final URI address;
    private final int tlsPort = FreePort.next();
    private final String unsealKey;
    private final String rootToken;
    private ChildProcess process;

    private OpenBao(Path folder, Optional<Tls> tls) {
        this.folder = folder;
        int port = FreePort.next();
        address = URI.create("http://127.0.0.1:" + port);
        writeConfiguration(port, tls);
        process = launch();
        JsonNode keys = initialise();
        unsealKey = keys.get("keys").get(0).textValue();
        rootToken = keys.get("root_token").textValue();
        unseal();
    }

    static OpenBao start(Path folder) {
        return new OpenBao(folder, Optional.empty());
    }

    static OpenBao startWithTls(Path folder, Tls tls) {
        return new OpenBao(folder, Optional.of(tls));
    }

    Path socket() {
        return folder.resolve("bao.sock");
    }

    String tlsAddress() {
        return "https://127.0.0.1:" + tlsPort;
    }

    URI address() {
        return address;
    }

    String rootToken() {
        return rootToken;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void kill() {
        process.kill();
    }

    void restart() {
        process.kill();
        process = launch();
        unseal();
    }

    void unseal() {
        api().request("PUT", "sys/unseal", Map.of("key", unsealKey));
        Startup.await("OpenBao, unsealed", process, () -> api().health() == VaultApi.ACTIVE);
    }

    private JsonNode initialise() {
        try {
            return api().request("PUT", "sys/init", Map.of("secret_shares", 1, "secret_threshold", 1));
        } catch (RuntimeException e) {
            process.kill();
            throw e;
        }
    }

    private VaultApi api() {
        return new VaultApi(address, "");
    }

    private ChildProcess launch() {
        ChildProcess started = ChildProcess.start(
                List.of(
                        Parts.program("bao").toString(),
                        "server",
                        "-log-level=warn",
                        "-config=" + folder.resolve("bao.json")),
                Map.of("HOME", folder.toString()),
                folder.resolve("bao.log"));
        Startup.await("OpenBao", started, () -> api().health() != VaultApi.UNREACHABLE);
        return started;
    }

    private void writeConfiguration(int port, Optional<Tls> tls) {
        Path data = folder.resolve("data");
        String json =
                """
                {
                  "storage": {"raft": {"path": "%s", "node_id": "test", "performance_multiplier": "1"}},
                  "listener": [
                    {"tcp": {"address": "127.0.0.1:%d", "tls_disable": true}},%s
                    {"unix": {"address": "%s"}}
                  ],
                  "api_addr": "%s",
                  "cluster_addr": "http://127.0.0.1:%d"
                }
                """.formatted(data, port, tls.map(this::tlsListener).orElse(""), socket(), address, FreePort.next());
        try {
            Files.createDirectories(data);
            Files.writeString(folder.resolve("bao.json"), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String tlsListener(Tls tls) {
        return """
                {"tcp": {"address": "127.0.0.1:%d", "tls_cert_file": "%s", "tls_key_file": "%s"}},
                """.formatted(tlsPort, tls.certificate(), tls.key());
    }
}
