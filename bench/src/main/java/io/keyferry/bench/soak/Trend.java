package io.keyferry.bench.soak;

import java.util.List;

/**
 * A straight line through equidistant samples, by least squares.
 *
 * @param first the line's first value
 * @param growth by how much the line's last value is larger
 * @param noise the standard error of {@code growth}
 */
record Trend(double first, double growth, double noise) {
    /** @throws IllegalArgumentException for fewer than three samples, which have no noise */
    static Trend of(List<Double> samples) {
        int n = samples.size();
        if (n < 3) {
            throw new IllegalArgumentException("three samples at least, not " + n);
        }
        double middle = (n - 1) / 2.0;
        double mean =
                samples.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double spread = 0;
        double product = 0;
        for (int i = 0; i < n; i++) {
            spread += (i - middle) * (i - middle);
            product += (i - middle) * (samples.get(i) - mean);
        }
        double slope = product / spread;
        double residuals = 0;
        for (int i = 0; i < n; i++) {
            double residual = samples.get(i) - mean - slope * (i - middle);
            residuals += residual * residual;
        }
        double error = Math.sqrt(residuals / (n - 2) / spread);
        return new Trend(mean - slope * middle, slope * (n - 1), error * (n - 1));
    }

    /** Whether it grows by no more than chance would have it, or than a hundredth. */
    boolean isFlat() {
        return growth <= Math.max(2 * noise, first / 100);
    }
}
