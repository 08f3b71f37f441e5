package io.keyferry.bench.cost;

/**
 * Calls that AWS bills.
 *
 * @param listings pages of ListSecrets
 * @param batches BatchGetSecretValue
 * @param singles GetSecretValue
 */
record Calls(long listings, long batches, long singles) {
    private static final double DOLLARS_PER_CALL = 0.05 / 10_000;

    long total() {
        return listings + batches + singles;
    }

    double dollars() {
        return total() * DOLLARS_PER_CALL;
    }

    /**
     * What kube-secret-syncer calls, one replica of it, with one role: listings; values once per secret at the start
     * and once per change. It keeps no values of what is named by ARN, and reads these at every resync for each
     * reference.
     */
    static Calls ofOriginal(CostOptions options) {
        long seconds = options.length().toSeconds();
        long pages = Math.max(1, (options.secrets() + 99) / 100);
        long listings = pages * seconds / options.poll();
        long references = (long) options.objects() * CostOptions.REFERENCES;
        long changes = (long) options.days() * options.changesPerDay() * options.referred() / options.secrets();
        long values = options.arns() ? references * (seconds / options.sync()) : options.referred() + changes;
        return new Calls(listings, 0, values);
    }
}
