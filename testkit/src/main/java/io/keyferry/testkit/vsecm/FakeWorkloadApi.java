package io.keyferry.testkit.vsecm;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A SPIFFE agent for one workload: the Workload API on one Unix socket. It can rotate, deny, fall silent, end streams as if all
 * was said, stop, come late and come back. Calls without the metadata {@code workload.spiffe.io: true} are refused with
 * {@code InvalidArgument}, as agents do.
 */
public final class FakeWorkloadApi implements AutoCloseable {
    private static final Metadata.Key<String> HEADER =
            Metadata.Key.of("workload.spiffe.io", Metadata.ASCII_STRING_MARSHALLER);

    private final Path socket;
    private final SvidStreams streams = new SvidStreams();
    private @Nullable Server server;
    private @Nullable EventLoopGroup threads;

    private FakeWorkloadApi(Path socket) {
        this.socket = socket;
    }

    /** An agent that listens; there is no SVID yet, so streams stay silent. */
    public static FakeWorkloadApi start(Path socket) {
        FakeWorkloadApi agent = new FakeWorkloadApi(socket);
        agent.start();
        return agent;
    }

    /** An agent that is yet to be started. */
    public static FakeWorkloadApi stopped(Path socket) {
        return new FakeWorkloadApi(socket);
    }

    /** As in {@code SPIFFE_ENDPOINT_SOCKET}. */
    public String address() {
        return "unix://" + socket.toAbsolutePath();
    }

    /** Hands out {@code svid} from now on, and pushes it to whoever listens. */
    public void issue(TestSvid svid) {
        streams.issue(svid);
    }

    /** Has no identity for the workload any more: {@code PermissionDenied}, to open streams as well. */
    public void deny() {
        streams.refuse(Status.PERMISSION_DENIED.withDescription("no identity issued"));
    }

    /** Refuses with another gRPC status, by its name, for example {@code INVALID_ARGUMENT}. */
    public void refuse(String code) {
        streams.refuse(Status.fromCode(Status.Code.valueOf(code)));
    }

    /** Hands out again what was issued last. */
    public void allow() {
        streams.allow();
    }

    /** Takes new streams and says nothing. */
    public void fallSilent() {
        streams.fallSilent();
    }

    /** Ends all open streams as if all was said. */
    public void complete() {
        streams.complete();
    }

    /** How many streams are open. */
    public int open() {
        return streams.open();
    }

    /** How many streams were asked for, refused ones included. */
    public int calls() {
        return streams.calls();
    }

    /** Listens. */
    public void start() {
        DefaultThreadFactory factory = new DefaultThreadFactory("fake-agent", true);
        EventLoopGroup group = new EpollEventLoopGroup(1, factory);
        try {
            server = NettyServerBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
                    .channelType(EpollServerDomainSocketChannel.class)
                    .bossEventLoopGroup(group)
                    .workerEventLoopGroup(group)
                    .withChildOption(ChannelOption.SO_KEEPALIVE, null)
                    // Unix sockets have none, and say so on each stream.
                    .withChildOption(ChannelOption.SO_KEEPALIVE, null)
                    .directExecutor()
                    .addService(streams)
                    .intercept(new HeaderCheck())
                    .build()
                    .start();
            threads = group;
        } catch (IOException e) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
            throw new UncheckedIOException(e);
        }
    }

    /** Breaks all streams off and removes the socket, as an agent that is restarted. */
    public void stop() {
        if (server != null) {
            server.shutdownNow();
            server = null;
        }
        if (threads != null) {
            threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
            threads = null;
        }
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private static final class HeaderCheck implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            if (!"true".equals(headers.get(HEADER))) {
                call.close(Status.INVALID_ARGUMENT.withDescription("security header missing"), new Metadata());
                return new ServerCall.Listener<>() {};
            }
            return next.startCall(call, headers);
        }
    }
}
