package io.keyferry.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.keyferry.kubernetes.annotated.SubjectKind;
import io.keyferry.kubernetes.api.ApiException;
import io.keyferry.kubernetes.api.ObjectNames;
import io.keyferry.operator.bundle.Outline;
import io.keyferry.operator.bundle.SupportBundle;
import io.keyferry.operator.config.BindAddress;
import io.keyferry.operator.config.ConfigException;
import io.keyferry.operator.config.ConfigReader;
import io.keyferry.operator.config.Flags;
import io.keyferry.operator.config.OperatorConfig;
import io.keyferry.operator.doctor.Doctor;
import io.keyferry.operator.doctor.Listing;
import io.keyferry.operator.doctor.ObjectsCheck;
import io.keyferry.operator.metrics.OperatorMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code keyferry support-bundle}: collects what somebody needs who is asked for help, without a secret value. */
final class BundleCommand {
    private static final String OUTPUT = "--output";
    private static final String STANDARD_OUTPUT = "-";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LOG_LINES = 20_000;
    private static final int UNAUTHORIZED = 401;
    private static final String USAGE = """
            Usage: keyferry support-bundle [--output FILE] [flags of the operator]

            Writes a zip archive, to standard output unless --output names a file: build, configuration, findings of the doctor,
            metrics, leases, logs of the pods that lead, and of all objects who they are and how they are. Secrets are not read;
            specs, credentials and other annotations than Keyferry's are left out.
            """;
    private static final String README = """
            What `keyferry support-bundle` has collected. Secrets were not read. Of objects it has names, states and Keyferry's
            annotations, and neither specs nor other annotations; annotated Secrets are left out. Names of namespaces, objects and paths in stores are in it.
            An entry that could not be had says why.
            """;

    private final Map<String, String> environment;
    private final BuildInfo build;
    private final PrintStream out;
    private final PrintStream err;

    BundleCommand(Map<String, String> environment, BuildInfo build, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.build = build;
        this.out = out;
        this.err = err;
    }

    /** @return the exit code */
    int run(List<String> arguments) throws InterruptedException {
        List<String> rest = new ArrayList<>(arguments);
        String output = takeOutput(rest);
        if (output.isEmpty()) {
            err.println("keyferry: " + OUTPUT + " needs a file");
            return ConfigException.USAGE;
        }
        try {
            Flags.Parsed flags = new Flags().parse(rest);
            if (flags.isOn("help")) {
                out.print(USAGE);
                return 0;
            }
            ConfigReader reader = new ConfigReader(DialectFactory.names(), environment);
            OperatorConfig config = reader.read(flags);
            DoctorCommand.quieten();
            try (Examination examination =
                    new Examination(config, new OperatorMetrics(build.version(), build.commit()))) {
                if (output.equals(STANDARD_OUTPUT)) {
                    write(out, examination, config, reader.given(flags));
                } else {
                    try (OutputStream file = Files.newOutputStream(Path.of(output))) {
                        write(file, examination, config, reader.given(flags));
                    }
                    err.println("wrote " + output);
                }
            }
            return 0;
        } catch (ConfigException e) {
            e.problems().forEach(problem -> err.println("keyferry: " + problem));
            return e.exitCode();
        } catch (IOException e) {
            err.println("keyferry: could not write %s: %s".formatted(output, why(e)));
            return ConfigException.ENVIRONMENT;
        }
    }

    private static @Nullable String why(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "there is no such folder";
            case AccessDeniedException _ -> "that is not allowed";
            default -> failure.getMessage();
        };
    }

    /** Removes the flag that only this command has. @return its value, empty if that is missing */
    private static String takeOutput(List<String> arguments) {
        String output = STANDARD_OUTPUT;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith(OUTPUT + "=")) {
                output = argument.substring(OUTPUT.length() + 1);
                arguments.remove(i--);
            } else if (argument.equals(OUTPUT)) {
                arguments.remove(i);
                output = i < arguments.size() ? arguments.remove(i) : "";
                i--;
            }
        }
        return output;
    }

    private void write(OutputStream to, Examination examination, OperatorConfig config, List<String> given)
            throws IOException, InterruptedException {
        try (SupportBundle bundle = new SupportBundle(to)) {
            bundle.add("README.txt", () -> README);
            bundle.add("version.txt", () -> build + System.lineSeparator());
            bundle.add("configuration.txt", () -> String.join("\n", given) + "\n");
            bundle.add("doctor.txt", () -> findings(examination));
            bundle.add("metrics.txt", () -> metrics(config));
            for (ObjectsCheck objects : examination.objects()) {
                bundle.add("objects/%s.json".formatted(objects.definition().plural()), () -> outlines(objects));
            }
            if (config.vaultSync().isPresent()) {
                for (SubjectKind kind : config.vaultSync().get().settings().kinds()) {
                    addWorkloads(bundle, examination, kind, config.namespaces());
                }
            }
            addLeases(bundle, examination);
        }
    }

    private static String findings(Examination examination) throws IOException, InterruptedException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (PrintStream lines = new PrintStream(text, false, StandardCharsets.UTF_8)) {
            boolean _ = new Doctor(examination.checks()).examine(lines);
        } catch (ConfigException e) {
            throw new IOException(e.getMessage(), e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /** What an operator on this machine, or in this pod, shows. */
    private static String metrics(OperatorConfig config) throws IOException, InterruptedException {
        if (config.metrics().isEmpty() || config.metricsCertificate().isPresent()) {
            throw new IOException("metrics are not served, or only over TLS; fetch them from outside");
        }
        BindAddress address = config.metrics().get();
        String host = address.host().isEmpty() || address.host().equals("0.0.0.0") ? "127.0.0.1" : address.host();
        String named = host.contains(":") ? "[" + host + "]" : host;
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://%s:%d/metrics".formatted(named, address.port())))
                            .timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? answer.body()
                    : "not available: HTTP status %d%n%s%n"
                            .formatted(
                                    answer.statusCode(),
                                    answer.statusCode() == UNAUTHORIZED
                                            ? "metrics are shown only to those who may get /metrics: add them as one of these sees them"
                                            : "");
        } catch (IOException e) {
            throw new IOException("no operator serves metrics at %s:%d".formatted(named, address.port()), e);
        }
    }

    private static String outlines(ObjectsCheck objects) throws IOException, InterruptedException {
        try {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            objects.list().forEach(object -> all.add(Outline.of(object)));
            return all.toPrettyString() + "\n";
        } catch (ApiException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Secrets are not listed: that would read their values. */
    private static void addWorkloads(
            SupportBundle bundle, Examination examination, SubjectKind kind, Set<String> namespaces)
            throws IOException, InterruptedException {
        if (kind == SubjectKind.SECRET) {
            return;
        }
        bundle.add("objects/%s.json".formatted(kind.plural()), () -> {
            try {
                ArrayNode all = JsonNodeFactory.instance.arrayNode();
                new Listing(examination.api(), namespaces)
                                .of(namespace -> "/apis/%s/%s%s"
                                        .formatted(
                                                kind.apiVersion(),
                                                namespace.isEmpty() ? "" : "namespaces/%s/".formatted(namespace),
                                                kind.plural()))
                                .stream()
                                .filter(Outline::isAnnotated)
                                .forEach(object -> all.add(Outline.of(object)));
                return all.toPrettyString() + "\n";
            } catch (ApiException e) {
                throw new IOException(e.getMessage(), e);
            }
        });
    }

    private static void addLeases(SupportBundle bundle, Examination examination)
            throws IOException, InterruptedException {
        Optional<String> namespace = examination.leaseNamespace();
        if (namespace.isEmpty()) {
            return;
        }
        Set<String> pods = new LinkedHashSet<>();
        for (String lease : examination.leases()) {
            bundle.add("leases/%s.json".formatted(lease), () -> {
                JsonNode object = get(
                        examination,
                        "/apis/coordination.k8s.io/v1/namespaces/%s/leases/%s".formatted(namespace.get(), lease));
                String holder = object.at("/spec/holderIdentity").asText();
                String pod = holder.substring(0, Math.max(0, holder.lastIndexOf('_')));
                if (ObjectNames.isValid(pod)) {
                    pods.add(pod);
                }
                return object.path("spec").toPrettyString() + "\n";
            });
        }
        for (String pod : pods) {
            bundle.add("logs/%s.txt".formatted(pod), () -> {
                try {
                    return examination
                            .api()
                            .text("/api/v1/namespaces/%s/pods/%s/log?tailLines=%d"
                                    .formatted(namespace.get(), pod, LOG_LINES));
                } catch (ApiException e) {
                    throw new IOException(
                            "%s; add what `kubectl logs -n %s %s` prints"
                                    .formatted(e.getMessage(), namespace.get(), pod),
                            e);
                }
            });
        }
    }

    private static JsonNode get(Examination examination, String path) throws IOException, InterruptedException {
        try {
            return examination.api().get(path);
        } catch (ApiException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
