package io.keyferry.store.vsecm.spiffe;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.keyferry.store.vsecm.spiffe.StreamEnd.Kind;
import io.spiffe.workloadapi.grpc.Workload.X509SVID;
import io.spiffe.workloadapi.grpc.Workload.X509SVIDResponse;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns messages of the agent into SVIDs. The channel ends with the stream. */
final class SvidObserver implements StreamObserver<X509SVIDResponse> {
    private final ManagedChannel channel;
    private final SvidStream.Listener listener;

    SvidObserver(ManagedChannel channel, SvidStream.Listener listener) {
        this.channel = channel;
        this.listener = listener;
    }

    @Override
    public void onNext(X509SVIDResponse response) {
        try {
            listener.received(context(response));
        } catch (MalformedSvidException e) {
            end(Kind.FAILED, "the agent sent an X.509-SVID that is not in order: " + e.getMessage());
        }
    }

    @Override
    public void onError(Throwable error) {
        Status.Code code = Status.fromThrowable(error).getCode();
        switch (code) {
            case PERMISSION_DENIED ->
                end(
                        Kind.DENIED,
                        "the agent has no identity for this process (PERMISSION_DENIED); register the workload");
            case UNAVAILABLE -> end(Kind.FAILED, "the agent is not reached (UNAVAILABLE)");
            default -> end(Kind.FAILED, "the agent answered " + code);
        }
    }

    @Override
    public void onCompleted() {
        end(Kind.COMPLETED, "the agent ended the stream");
    }

    private void end(Kind kind, String words) {
        listener.ended(new StreamEnd(kind, words));
        channel.shutdownNow();
    }

    private static X509Context context(X509SVIDResponse response) throws MalformedSvidException {
        if (response.getSvidsCount() == 0) {
            throw new MalformedSvidException("there is none");
        }
        X509SVID svid = response.getSvids(0);
        Map<String, List<X509Certificate>> federated = new HashMap<>();
        for (Map.Entry<String, ByteString> each :
                response.getFederatedBundlesMap().entrySet()) {
            federated.put(each.getKey(), certificates(each.getValue()));
        }
        X509Context context = SvidReader.read(
                certificates(svid.getX509Svid()),
                svid.getX509SvidKey().toByteArray(),
                certificates(svid.getBundle()),
                federated);
        if (!context.id().toString().equals(svid.getSpiffeId())) {
            throw new MalformedSvidException("the certificate is for another SPIFFE ID than the agent says");
        }
        return context;
    }

    private static List<X509Certificate> certificates(ByteString der) throws MalformedSvidException {
        return SvidReader.certificates(der.toByteArray());
    }
}
