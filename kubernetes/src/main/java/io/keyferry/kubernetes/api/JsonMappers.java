package io.keyferry.kubernetes.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/** Makes JSON mappers for what the API server says. */
public final class JsonMappers {
    private JsonMappers() {}

    @JsonIgnoreProperties("managedFields")
    private interface WithoutManagedFields {}

    /**
     * A mapper that passes over managed fields and keeps no table of field names. Managed fields hold names that occur in one object only
     * ({@code k:{"uid":"..."}}), so that the table would grow with every object and be copied for each; nobody here asks
     * for them. Its buffers come from a pool of the process: those of a virtual thread would be new for each.
     */
    public static ObjectMapper plain() {
        ObjectMapper mapper = new ObjectMapper(JsonFactory.builder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                .build());
        return mapper.addMixIn(ObjectMeta.class, WithoutManagedFields.class);
    }
}
