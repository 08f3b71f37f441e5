package io.keyferry.operator.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** All metrics in Prometheus' classic text format. */
public final class MetricsText {
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    /** A counter that the original operator named without the suffix that the library insists on. */
    static final String BARE_COUNTER = "kw_vop_reconcile_count";

    /** Go writes whole numbers without a fraction, and a bucket's bound is a label that queries compare as text. */
    private static final Pattern WHOLE_BOUND = Pattern.compile("(,le=\"\\d+|\\{le=\"\\d+)\\.0(?=\"\\})");

    private static final Pattern WHOLE_VALUE = Pattern.compile("(?m)^([^#].* \\d+)\\.0$");

    private final OperatorMetrics metrics;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    public MetricsText(OperatorMetrics metrics) {
        this.metrics = metrics;
    }

    public String render() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(out, metrics.registry().scrape());
        String text = out.toString(StandardCharsets.UTF_8).replace(BARE_COUNTER + "_total", BARE_COUNTER);
        return WHOLE_VALUE.matcher(WHOLE_BOUND.matcher(text).replaceAll("$1")).replaceAll("$1");
    }
}
