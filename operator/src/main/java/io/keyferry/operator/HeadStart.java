package io.keyferry.operator;

import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.keyferry.kubernetes.api.JsonMappers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;

/**
 * Has the JVM load and prepare what every start needs and no setting changes, beside the reading of the settings: all of
 * Kubernetes' types, and TLS up to its first message. Nothing waits for it; what fails here fails again where it is needed.
 */
final class HeadStart {
    private static final String ANY = "{\"apiVersion\":\"v1\",\"kind\":\"Status\"}";

    private HeadStart() {}

    static void take() {
        Thread.ofPlatform().daemon().name("head start: types").start(HeadStart::types);
        Thread.ofPlatform().daemon().name("head start: TLS").start(HeadStart::tls);
    }

    private static void types() {
        try {
            var _ = new KubernetesSerialization(JsonMappers.plain(), true).unmarshal(ANY, KubernetesResource.class);
        } catch (RuntimeException e) {
            // See above.
        }
    }

    private static void tls() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(true);
            engine.beginHandshake();
            var _ = engine.wrap(
                    ByteBuffer.allocate(0),
                    ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            // See above.
        }
    }
}
