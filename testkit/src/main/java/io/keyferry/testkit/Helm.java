package io.keyferry.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The real Helm with one chart. Values are given as Helm's own arguments, such as {@code --set=a.b=c} or {@code
 * --values=FILE}; what Helm refuses is a {@link ToolFailure}.
 */
public final class Helm {
    private final Path chart;
    private final Tool offline = new Tool("helm", Map.of());

    public Helm(Path chart) {
        this.chart = chart;
    }

    /** Looks for mistakes in the chart; what it prints. */
    public String lint(String... values) {
        return offline.run(with(List.of("lint", "--strict", chart.toString()), values));
    }

    /** The manifests of a release in YAML, without the definitions in {@code crds/}. */
    public String render(String release, String namespace, String... values) {
        return offline.run(with(List.of("template", release, chart.toString(), "--namespace=" + namespace), values));
    }

    /** Installs a release or changes it; what it prints. */
    public String upgrade(Cluster cluster, String release, String namespace, String... values) {
        return on(cluster)
                .run(with(
                        List.of("upgrade", "--install", release, chart.toString(), "--namespace=" + namespace),
                        values));
    }

    /** Uninstalls a release and waits until it is gone; what it prints. */
    public String uninstall(Cluster cluster, String release, String namespace) {
        return on(cluster).run("uninstall", release, "--namespace=" + namespace, "--wait");
    }

    private static Tool on(Cluster cluster) {
        return new Tool("helm", Map.of("KUBECONFIG", cluster.kubeconfig().toString()));
    }

    private static String[] with(List<String> command, String... values) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(values));
        return all.toArray(String[]::new);
    }
}
