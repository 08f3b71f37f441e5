package io.keyferry.store.vsecm.spiffe;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.stub.MetadataUtils;
import io.spiffe.workloadapi.grpc.SpiffeWorkloadAPIGrpc;
import io.spiffe.workloadapi.grpc.Workload.X509SVIDRequest;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The stream over gRPC, with a channel of its own for each stream, so that nothing of a broken one lives on. One thread serves
 * them all. The library's own client is not used: it does not reopen a stream that ended normally, and may give a source
 * without an SVID.
 */
final class GrpcSvidStream implements SvidStream {
    private static final Metadata HEADERS = new Metadata();

    static {
        HEADERS.put(Metadata.Key.of("workload.spiffe.io", Metadata.ASCII_STRING_MARSHALLER), "true");
    }

    private final WorkloadEndpoint endpoint;
    private @Nullable EventLoopGroup threads;

    GrpcSvidStream(WorkloadEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public Running open(Listener listener) {
        if (endpoint.address() instanceof UnixDomainSocketAddress && !Epoll.isAvailable()) {
            listener.ended(
                    new StreamEnd(
                            StreamEnd.Kind.FAILED,
                            "this platform lacks Unix sockets for gRPC (they need Linux, glibc and a writable folder for temporary files)"));
            return () -> {};
        }
        ManagedChannel channel = channel();
        SpiffeWorkloadAPIGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(HEADERS))
                .fetchX509SVID(X509SVIDRequest.getDefaultInstance(), new SvidObserver(channel, listener));
        return channel::shutdownNow;
    }

    private ManagedChannel channel() {
        NettyChannelBuilder builder;
        if (endpoint.address() instanceof UnixDomainSocketAddress socket) {
            builder = NettyChannelBuilder.forAddress(
                            new DomainSocketAddress(socket.getPath().toFile()))
                    .channelType(EpollDomainSocketChannel.class, DomainSocketAddress.class)
                    .withOption(ChannelOption.SO_KEEPALIVE, null);
        } else {
            builder = NettyChannelBuilder.forAddress(endpoint.address()).channelType(NioSocketChannel.class);
        }
        return builder.eventLoopGroup(threads())
                .directExecutor()
                .usePlaintext()
                .disableRetry()
                .overrideAuthority("localhost")
                .proxyDetector(target -> null)
                .build();
    }

    private synchronized EventLoopGroup threads() {
        if (threads == null) {
            DefaultThreadFactory factory = new DefaultThreadFactory("workload-api", true);
            threads = endpoint.address() instanceof UnixDomainSocketAddress
                    ? new EpollEventLoopGroup(1, factory)
                    : new NioEventLoopGroup(1, factory);
        }
        return threads;
    }

    @Override
    public synchronized void close() {
        if (threads != null) {
            threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        }
    }
}
