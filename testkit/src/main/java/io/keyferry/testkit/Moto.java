package io.keyferry.testkit;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A moto server: AWS services in memory. */
final class Moto {
    private final URI address;
    private final ChildProcess process;

    private Moto(URI address, ChildProcess process) {
        this.address = address;
        this.process = process;
    }

    static Moto start(Path folder) {
        int port = FreePort.next();
        URI address = URI.create("http://127.0.0.1:" + port);
        ChildProcess process = ChildProcess.start(
                List.of(Parts.program("moto_server").toString(), "-H", "127.0.0.1", "-p", Integer.toString(port)),
                Map.of("HOME", folder.toString()),
                folder.resolve("moto.log"));
        MotoApi api = new MotoApi(address);
        Startup.await("moto", process, api::isReady);
        return new Moto(address, process);
    }

    URI address() {
        return address;
    }

    void kill() {
        process.kill();
    }
}
