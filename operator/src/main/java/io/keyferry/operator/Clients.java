package io.keyferry.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.keyferry.kubernetes.api.JsonMappers;
import io.keyferry.operator.config.ConfigException;
import io.keyferry.operator.metrics.OperatorMetrics;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Makes the one client of the API server. */
final class Clients {
    private static final int REQUEST_TIMEOUT_MILLIS = 30_000;
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int RETRIES = 3;

    private Clients() {}

    /** @param kubeconfig a file; empty for what a pod or kubectl would take */
    static Config config(String kubeconfig) throws ConfigException {
        Config found = kubeconfig.isEmpty() ? automatic() : read(kubeconfig);
        return new ConfigBuilder(found)
                .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                .withConnectionTimeout(CONNECT_TIMEOUT_MILLIS)
                .withRequestRetryBackoffLimit(RETRIES)
                .withHttp2Disable(true)
                .build();
    }

    private static Config automatic() throws ConfigException {
        String named = System.getenv().getOrDefault("KUBECONFIG", "");
        if (!named.isEmpty() && Arrays.stream(named.split(File.pathSeparator)).noneMatch(Clients::isReadable)) {
            throw new ConfigException(
                    ConfigException.ENVIRONMENT, "KUBECONFIG: \"%s\": no such file, or not readable".formatted(named));
        }
        try {
            return Config.autoConfigure(null);
        } catch (RuntimeException e) {
            throw new ConfigException(
                    ConfigException.ENVIRONMENT,
                    "KUBECONFIG, or ~/.kube/config, is no kubeconfig: correct it, or name another with --kubeconfig");
        }
    }

    private static boolean isReadable(String name) {
        File file = new File(name);
        return file.canRead() && !file.isDirectory();
    }

    private static Config read(String kubeconfig) throws ConfigException {
        try {
            Path file = Path.of(kubeconfig);
            if (!Files.isReadable(file)) {
                throw new IOException("no such file, or not readable");
            }
            return Config.fromKubeconfig(new File(kubeconfig));
        } catch (IOException | InvalidPathException e) {
            throw new ConfigException(
                    ConfigException.USAGE, "--kubeconfig: \"%s\": %s".formatted(kubeconfig, e.getMessage()));
        } catch (RuntimeException e) {
            throw new ConfigException(
                    ConfigException.USAGE, "--kubeconfig: \"%s\" is no kubeconfig".formatted(kubeconfig));
        }
    }

    static KubernetesClient client(Config config, OperatorMetrics metrics, Tenure tenure) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(new KubernetesSerialization(JsonMappers.plain(), true))
                .withHttpClientBuilderConsumer(builder -> {
                    builder.addOrReplaceInterceptor("metrics", new Counting(metrics));
                    builder.addOrReplaceInterceptor("leases", new LeaseTraffic(tenure));
                })
                .build();
    }

    /** Counts what the API server answers. */
    private static final class Counting implements Interceptor {
        private final OperatorMetrics metrics;

        Counting(OperatorMetrics metrics) {
            this.metrics = metrics;
        }

        @Override
        public void after(
                HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
            metrics.request(response.code(), request.uri().getAuthority(), request.method());
        }
    }
}
