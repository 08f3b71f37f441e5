package io.keyferry.gotemplate;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Reads what tools/template-oracle answers. */
final class OracleAnswer {
    private OracleAnswer() {}

    static Outcome of(JsonNode answer) {
        if (answer.has("output")) {
            return Outcome.of(answer.get("output").asText().getBytes(StandardCharsets.UTF_8));
        }
        if (answer.has("base64")) {
            return Outcome.of(Base64.getDecoder().decode(answer.get("base64").asText()));
        }
        return Outcome.error(answer.get("error").asText());
    }
}
