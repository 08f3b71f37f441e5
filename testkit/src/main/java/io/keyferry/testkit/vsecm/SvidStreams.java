package io.keyferry.testkit.vsecm;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.spiffe.workloadapi.grpc.SpiffeWorkloadAPIGrpc;
import io.spiffe.workloadapi.grpc.Workload.X509SVID;
import io.spiffe.workloadapi.grpc.Workload.X509SVIDRequest;
import io.spiffe.workloadapi.grpc.Workload.X509SVIDResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The streams of a {@link FakeWorkloadApi}, and what is told to them. */
final class SvidStreams extends SpiffeWorkloadAPIGrpc.SpiffeWorkloadAPIImplBase {
    private final List<ServerCallStreamObserver<X509SVIDResponse>> open = new ArrayList<>();
    private Optional<X509SVIDResponse> issued = Optional.empty();
    private Optional<Status> refusal = Optional.empty();
    private boolean silent;
    private int calls;

    @Override
    public synchronized void fetchX509SVID(X509SVIDRequest request, StreamObserver<X509SVIDResponse> observer) {
        calls++;
        if (refusal.isPresent()) {
            observer.onError(refusal.get().asRuntimeException());
            return;
        }
        ServerCallStreamObserver<X509SVIDResponse> stream = (ServerCallStreamObserver<X509SVIDResponse>) observer;
        stream.setOnCancelHandler(() -> forget(stream));
        open.add(stream);
        if (!silent) {
            issued.ifPresent(stream::onNext);
        }
    }

    private synchronized void forget(ServerCallStreamObserver<X509SVIDResponse> stream) {
        open.remove(stream);
    }

    synchronized void issue(TestSvid svid) {
        byte[] chain = Der.join(svid.chain().stream().map(TestSvid::der).toArray(byte[][]::new));
        X509SVIDResponse response = X509SVIDResponse.newBuilder()
                .addSvids(X509SVID.newBuilder()
                        .setSpiffeId(svid.id())
                        .setX509Svid(ByteString.copyFrom(chain))
                        .setX509SvidKey(ByteString.copyFrom(svid.key().getEncoded()))
                        .setBundle(ByteString.copyFrom(TestSvid.der(svid.authority()))))
                .build();
        issued = Optional.of(response);
        if (!silent) {
            each(stream -> stream.onNext(response));
        }
    }

    synchronized void refuse(Status status) {
        refusal = Optional.of(status);
        each(stream -> stream.onError(status.asRuntimeException()));
        open.clear();
    }

    synchronized void allow() {
        refusal = Optional.empty();
        if (silent) {
            silent = false;
            issued.ifPresent(response -> each(stream -> stream.onNext(response)));
        }
    }

    synchronized void fallSilent() {
        silent = true;
    }

    synchronized void complete() {
        each(StreamObserver::onCompleted);
        open.clear();
    }

    synchronized int open() {
        return open.size();
    }

    synchronized int calls() {
        return calls;
    }

    private void each(Consumer<ServerCallStreamObserver<X509SVIDResponse>> action) {
        List.copyOf(open).stream().filter(stream -> !stream.isCancelled()).forEach(action);
    }
}
