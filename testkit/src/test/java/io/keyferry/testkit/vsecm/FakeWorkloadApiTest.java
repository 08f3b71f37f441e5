package io.keyferry.testkit.vsecm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.stub.MetadataUtils;
import io.spiffe.workloadapi.grpc.SpiffeWorkloadAPIGrpc;
import io.spiffe.workloadapi.grpc.Workload.X509SVID;
import io.spiffe.workloadapi.grpc.Workload.X509SVIDRequest;
import io.spiffe.workloadapi.grpc.Workload.X509SVIDResponse;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeWorkloadApiTest {
    private static final String ID = "spiffe://vsecm.com/workload/a/ns/b/sa/c/n/d";

    private final TestAuthority authority = new TestAuthority("authority");
    private final EventLoopGroup threads = new EpollEventLoopGroup(1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private FakeWorkloadApi agent;

    @SuppressWarnings("NullAway.Init")
    private ManagedChannel channel;

    @BeforeEach
    void start() {
        agent = FakeWorkloadApi.start(folder.resolve("agent.sock"));
        channel = NettyChannelBuilder.forAddress(
                        new DomainSocketAddress(folder.resolve("agent.sock").toFile()))
                .channelType(EpollDomainSocketChannel.class, DomainSocketAddress.class)
                .withOption(ChannelOption.SO_KEEPALIVE, null)
                .eventLoopGroup(threads)
                .overrideAuthority("localhost")
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        agent.close();
        threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    @Test
    void refusesCallsWithoutTheSecurityHeader() {
        assertStatus(fetch(false), Status.Code.INVALID_ARGUMENT);
        assertThat(agent.calls()).isZero();
    }

    @Test
    void sendsTheFirstMessageAtOnceAndPushesRotations() {
        TestSvid first = authority.issue(ID);
        agent.issue(first);
        Iterator<X509SVIDResponse> stream = fetch(true);
        X509SVID svid = stream.next().getSvids(0);
        assertThat(svid.getSpiffeId()).isEqualTo(ID);
        assertThat(svid.getX509Svid().toByteArray())
                .isEqualTo(TestSvid.der(first.chain().getFirst()));
        assertThat(svid.getX509SvidKey().toByteArray()).isEqualTo(first.key().getEncoded());
        assertThat(svid.getBundle().toByteArray()).isEqualTo(TestSvid.der(authority.certificate()));

        TestSvid second = authority.issue(ID);
        agent.issue(second);
        assertThat(stream.next().getSvids(0).getX509Svid().toByteArray())
                .isEqualTo(TestSvid.der(second.chain().getFirst()));
        assertThat(agent.open()).isEqualTo(1);
    }

    @Test
    void deniesOpenStreamsAndNewOnesUntilItAllows() {
        agent.issue(authority.issue(ID));
        Iterator<X509SVIDResponse> stream = fetch(true);
        stream.next();
        agent.deny();
        assertStatus(stream, Status.Code.PERMISSION_DENIED);
        assertStatus(fetch(true), Status.Code.PERMISSION_DENIED);
        agent.allow();
        assertThat(fetch(true).next().getSvidsCount()).isEqualTo(1);
    }

    @Test
    void endsStreamsNormally() {
        agent.issue(authority.issue(ID));
        Iterator<X509SVIDResponse> stream = fetch(true);
        stream.next();
        agent.complete();
        assertThat(stream.hasNext()).isFalse();
    }

    @Test
    void breaksStreamsOffWhenItStopsAndComesBack() {
        agent.issue(authority.issue(ID));
        Iterator<X509SVIDResponse> stream = fetch(true);
        stream.next();
        agent.stop();
        assertThatThrownBy(stream::hasNext).isInstanceOf(StatusRuntimeException.class);
        assertThat(folder.resolve("agent.sock")).doesNotExist();
        agent.start();
        channel.resetConnectBackoff();
        assertThat(fetch(true).next().getSvidsCount()).isEqualTo(1);
    }

    private static void assertStatus(Iterator<X509SVIDResponse> stream, Status.Code code) {
        assertThatThrownBy(stream::hasNext)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(code));
    }

    private Iterator<X509SVIDResponse> fetch(boolean header) {
        Metadata metadata = new Metadata();
        if (header) {
            metadata.put(Metadata.Key.of("workload.spiffe.io", Metadata.ASCII_STRING_MARSHALLER), "true");
        }
        return SpiffeWorkloadAPIGrpc.newBlockingStub(channel)
                .withWaitForReady()
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                .fetchX509SVID(X509SVIDRequest.getDefaultInstance());
    }
}
