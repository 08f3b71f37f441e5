package io.keyferry.store.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketWireTest {
    private static final Call CALL = new Call(
            "PUT",
            URI.create("http://localhost/v1/a?list=true"),
            Map.of("X-Vault-Token", "t"),
            "{}".getBytes(StandardCharsets.UTF_8),
            List.of());

    private final CompletableFuture<String> request = new CompletableFuture<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws Exception {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path()));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void exchangesOneRequest() throws Exception {
        answer("HTTP/1.0 404 Not Found\r\nRetry-After: 3\r\n\r\n{\"errors\":[]}", true);

        Answer answer = wire(path(), 1000).exchange(CALL);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{\"errors\":[]}");
        assertThat(answer.header("retry-after")).contains("3");
        assertThat(request.get())
                .isEqualTo("PUT /v1/a?list=true HTTP/1.0\r\nHost: localhost\r\nX-Vault-Token: t\r\n"
                        + "Content-Length: 2\r\n\r\n{}");
    }

    @Test
    void refusesABodyAboveTheLimit() {
        answer("HTTP/1.0 200 OK\r\n\r\n" + "x".repeat(1001), true);

        assertThatThrownBy(() -> wire(path(), 1000).exchange(CALL))
                .hasMessageContaining("response body is larger than 1000 bytes");
    }

    @Test
    void refusesABodyThatBreaksOff() {
        answer("HTTP/1.0 200 OK\r\nContent-Length: 50\r\n\r\n{", true);

        assertThatThrownBy(() -> wire(path(), 1000).exchange(CALL)).hasMessageContaining("malformed HTTP response");
    }

    @Test
    void endsAnExchangeThatIsNotAnsweredInTime() {
        answer("", false);

        assertThatThrownBy(() -> wire(path(), 1000).exchange(CALL)).hasMessageContaining("context deadline exceeded");
    }

    @Test
    void saysThatThereIsNoSocket() {
        assertThatThrownBy(() -> wire(folder.resolve("none").toString(), 1000).exchange(CALL))
                .isInstanceOf(VaultError.class)
                .hasMessageContaining("dial unix " + folder.resolve("none"));
    }

    private SocketWire wire(String path, int maxBytes) {
        return new SocketWire(path, Fixture.config(Duration.ofMillis(500), 0, maxBytes));
    }

    private String path() {
        return folder.resolve("s").toString();
    }

    private void answer(String response, boolean hangUp) {
        Thread.ofVirtual().start(() -> {
            try {
                SocketChannel channel = server.accept();
                ByteBuffer buffer = ByteBuffer.allocate(4096);
                channel.read(buffer);
                request.complete(new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8));
                channel.write(ByteBuffer.wrap(response.getBytes(StandardCharsets.UTF_8)));
                if (hangUp) {
                    channel.close();
                }
            } catch (IOException e) {
                request.completeExceptionally(new UncheckedIOException(e));
            }
        });
    }
}
