package io.keyferry.store.aws;

import java.util.Optional;

/** The parts of an ARN that tell where something is. */
record Arn(String partition, String service, String region, String account, String resource) {
    static Optional<Arn> parse(String text) {
        String[] parts = text.split(":", 6);
        return parts.length == 6 && parts[0].equals("arn")
                ? Optional.of(new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]))
                : Optional.empty();
    }
}
