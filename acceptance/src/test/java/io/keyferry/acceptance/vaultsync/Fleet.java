package io.keyferry.acceptance.vaultsync;

import static io.keyferry.acceptance.PushWorld.PATH;
import static io.keyferry.acceptance.PushWorld.SECRETS;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.keyferry.acceptance.PushWorld;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Many annotated objects of all modes, what Vault is to hold because of them, and all that it was ever to hold. */
final class Fleet {
    private static final int SECRETS_OF_THEIR_OWN = 100;
    private static final int SOURCES = 50;

    private final PushWorld world;
    private final Map<String, Map<String, String>> wanted = new TreeMap<>();
    private final Map<String, List<Map<String, String>>> everWanted = new HashMap<>();
    private final Map<String, String> gone = new TreeMap<>();
    private int edits;

    Fleet(PushWorld world) {
        this.world = world;
        for (int i = 0; i < SECRETS_OF_THEIR_OWN; i++) {
            world.secret(whole(i), Map.of("k", "0"), Map.of(PATH, world.path("whole/" + i)));
            want("whole/" + i, Map.of("k", "0"));
        }
        for (int i = 0; i < SOURCES; i++) {
            world.secret(source(i), Map.of("k", "0", "other", "o"));
            world.deployment(discovering(i), Map.of(PATH, world.path("auto/" + i)), source(i));
            want("auto/" + i + "/" + source(i), Map.of("k", "0", "other", "o"));
            world.deployment(
                    selecting(i),
                    Map.of(
                            PATH,
                            world.path("some/" + i),
                            SECRETS,
                            "[{\"name\":\"%s\",\"keys\":[\"k\"],\"prefix\":\"p_\"}]".formatted(source(i))));
            want("some/" + i, Map.of("p_k", "0"));
        }
    }

    private static String whole(int i) {
        return "whole-" + i;
    }

    private static String source(int i) {
        return "source-" + i;
    }

    private static String discovering(int i) {
        return "discovering-" + i;
    }

    private static String selecting(int i) {
        return "selecting-" + i;
    }

    private void want(String path, Map<String, String> data) {
        wanted.put(path, data);
        everWanted.computeIfAbsent(path, p -> new ArrayList<>()).add(data);
    }

    /** Gives some objects of each mode another value. */
    void rotate(int from, int count) {
        String value = "edit " + ++edits;
        for (int i = from; i < from + count; i++) {
            if (wanted.containsKey("whole/" + i)) {
                world.rotate(whole(i), Map.of("k", value));
                want("whole/" + i, Map.of("k", value));
            }
            world.rotate(source(i), Map.of("k", value, "other", "o"));
            if (wanted.containsKey("auto/" + i + "/" + source(i))) {
                want("auto/" + i + "/" + source(i), Map.of("k", value, "other", "o"));
            }
            for (String path : List.of("some/" + i, "moved/" + i)) {
                if (wanted.containsKey(path)) {
                    want(path, Map.of("p_k", value));
                }
            }
        }
    }

    /** Whether what {@link #delete} would take away is in Vault. */
    boolean isWritten(int i) {
        return !world.data("whole/" + i).isEmpty();
    }

    /** Whether the path that {@link #move} would leave is known to be the object's own. */
    boolean isMovable(int i) {
        return isMarked("some/" + i);
    }

    private boolean isMarked(String path) {
        return world.marks(path).containsKey("keyferry-uid");
    }

    /** Gives an object another path. */
    void move(int i) {
        PushWorld.annotate(world.deployment(selecting(i)), Map.of(PATH, world.path("moved/" + i)));
        Map<String, String> data = wanted.remove("some/" + i);
        if (data != null) {
            want("moved/" + i, data);
            gone.put("some/" + i, "");
        }
    }

    /** Deletes one object of two modes each. */
    void delete(int i) {
        delete(world.secret(whole(i)), "whole/" + i, "Secret " + whole(i));
        delete(world.deployment(discovering(i)), "auto/" + i + "/" + source(i), "Deployment " + discovering(i));
    }

    private void delete(Resource<? extends HasMetadata> object, String path, String name) {
        object.delete();
        wanted.remove(path);
        gone.put(path, name);
    }

    /** Where Vault differs from what the objects ask for; empty if nowhere. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        wanted.forEach((path, data) -> {
            if (!world.data(path).equals(data)) {
                differences.add(path);
            } else if (!isMarked(path)) {
                differences.add(path + " without mark");
            }
        });
        gone.forEach((path, object) -> {
            if (!world.data(path).isEmpty()) {
                differences.add(path + " is still there");
            }
        });
        return differences;
    }

    /** Objects that were deleted and are still there. */
    List<String> leftovers() {
        return gone.values().stream()
                .filter(object -> !object.isEmpty())
                .filter(object -> {
                    String name = object.substring(object.indexOf(' ') + 1);
                    return object.startsWith("Secret")
                            ? world.secret(name).get() != null
                            : world.deployment(name).get() != null;
                })
                .toList();
    }

    /** The paths that hold something nobody asked for. */
    List<String> strangers() {
        TreeSet<String> found = new TreeSet<>();
        for (String folder : List.of("whole", "some", "moved")) {
            world.mount.list(folder).forEach(name -> found.add(folder + "/" + name));
        }
        world.mount
                .list("auto")
                .forEach(folder ->
                        world.mount.list("auto/" + folder).forEach(name -> found.add("auto/" + folder + name)));
        found.removeAll(wanted.keySet());
        found.removeAll(gone.keySet());
        return List.copyOf(found);
    }

    /**
     * What went wrong in the course of time, by what Vault remembers of each version: a value that was never asked for, one
     * that was taken away from a path that is wanted, or one that was written twice.
     */
    List<String> wrongs() {
        List<String> wrongs = new ArrayList<>();
        for (String path : wanted.keySet()) {
            List<Map<String, String>> legal = everWanted.getOrDefault(path, List.of());
            JsonNode versions =
                    world.inVault(world.mount.name() + "/metadata/" + path).at("/data/versions");
            if (versions.size() > legal.size()) {
                wrongs.add("%s has %d versions of %d values".formatted(path, versions.size(), legal.size()));
            }
            versions.properties().forEach(version -> {
                if (!version.getValue().path("deletion_time").asText().isEmpty()) {
                    wrongs.add(path + " was taken away");
                }
                JsonNode answer = world.inVault(world.path(path) + "?version=" + version.getKey());
                if (!legal.contains(PushWorld.texts(answer.at("/data/data")))) {
                    wrongs.add(path + " held what nobody asked for");
                }
            });
        }
        return wrongs;
    }

    /** How many versions all paths have had. */
    int versions() {
        return wanted.keySet().stream().mapToInt(world::versions).sum();
    }
}
