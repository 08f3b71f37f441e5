package io.keyferry.kubernetes.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Makes JSON mappers for what the API server says. */
public final class JsonMappers {
    private JsonMappers() {}

    /**
     * A mapper that keeps no table of field names. Managed fields hold names that occur in one object only
     * ({@code k:{"uid":"..."}}), so that the table would grow with every object and be copied for each.
     */
    public static ObjectMapper plain() {
        return new ObjectMapper(JsonFactory.builder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build());
    }
}
