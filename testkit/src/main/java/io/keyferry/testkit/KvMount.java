package io.keyferry.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One key-value engine of a {@link Vault}, administered as root. Paths are those of {@code vault kv}. */
public final class KvMount {
    private final String name;
    private final int version;
    private final VaultApi api;

    KvMount(String name, int version, VaultApi api) {
        this.name = name;
        this.version = version;
        this.api = api;
    }

    /** The mount's path, without slashes around it. */
    public String name() {
        return name;
    }

    /** 1 or 2. */
    public int version() {
        return version;
    }

    /** The logical path of a secret: the mount's name, a slash, and the path in it. */
    public String path(String path) {
        return name + "/" + path;
    }

    /** Writes a secret; with version 2, a new version of it. */
    public void put(String path, Map<String, ?> data) {
        if (version == 2) {
            api.request("POST", name + "/data/" + path, Map.of("data", data));
        } else {
            api.request("POST", name + "/" + path, data);
        }
    }

    /** Deletes a secret; with version 2, marks its latest version deleted. */
    public void delete(String path) {
        api.request("DELETE", name + (version == 2 ? "/data/" : "/") + path, Map.of());
    }

    /** Destroys versions for good; version 2 only. */
    public void destroy(String path, int... versions) {
        List<Integer> which = Arrays.stream(versions).boxed().toList();
        api.request("PUT", name + "/destroy/" + path, Map.of("versions", which));
    }

    /** Removes all versions and all that is known of a secret; version 2 only. */
    public void deleteMetadata(String path) {
        api.request("DELETE", name + "/metadata/" + path, Map.of());
    }

    /** Replaces a secret's custom metadata; version 2 only. */
    public void annotate(String path, Map<String, String> customMetadata) {
        api.request("POST", name + "/metadata/" + path, Map.of("custom_metadata", customMetadata));
    }

    /**
     * The names in a folder, those of folders with a slash at the end.
     *
     * @throws VaultRefusal with status 404 for a folder that is empty
     */
    public List<String> list(String folder) {
        List<String> names = new ArrayList<>();
        api.request("LIST", name + (version == 2 ? "/metadata/" : "/") + folder, Map.of())
                .at("/data/keys")
                .forEach(key -> names.add(key.textValue()));
        return names;
    }

    /** A policy in HCL that allows to read and list everything in this mount. */
    public String readPolicy() {
        return "path \"" + name + "/*\" { capabilities = [\"read\", \"list\"] }";
    }
}
