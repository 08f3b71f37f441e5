package io.keyferry.bench.template;

import io.keyferry.gotemplate.FunctionTable;
import io.keyferry.gotemplate.Template;
import io.keyferry.gotemplate.TemplateException;
import io.keyferry.gotemplate.TemplateLimits;
import io.keyferry.gotemplate.value.JsonValues;
import io.keyferry.gotemplate.value.Value;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A template as users write them, over a hundred secrets: how long it takes to read it, and to execute it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TemplateBenchmark {
    private static final int SECRETS = 100;
    private static final String TEXT = """
            {{- range $name, $secret := .Secrets }}
            {{- if eq $secret.env "prod" }}
            host={{ $secret.host }} port={{ printf "%.0f" $secret.port }} user={{ $secret.user | printf "%q" }}
            {{- else }}
            # {{ $name }} is not for production
            {{- end }}
            {{- end }}
            """;

    private final Template template;
    private final FunctionTable<RuntimeException> functions = FunctionTable.none();
    private final Value root;

    public TemplateBenchmark() {
        try {
            template = read();
        } catch (TemplateException e) {
            throw new IllegalStateException(e);
        }
        Map<String, Object> secrets = new TreeMap<>();
        for (int i = 0; i < SECRETS; i++) {
            secrets.put(
                    "secret-" + i,
                    Map.of("env", i % 4 == 0 ? "dev" : "prod", "host", "db-" + i, "port", 5432, "user", "user-" + i));
        }
        root = JsonValues.of(Map.of("Secrets", secrets));
    }

    @Benchmark
    public Template parse() throws TemplateException {
        return read();
    }

    @Benchmark
    public byte[] execute() throws TemplateException, InterruptedException {
        return template.execute(root, functions);
    }

    private static Template read() throws TemplateException {
        return Template.parse("bench", TEXT, Set.of(), TemplateLimits.DEFAULT);
    }
}
