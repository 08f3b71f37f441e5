package io.keyferry.dialect.vaultsecret;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** An inner node of the tree that all sources are merged into. A name holds either a value or a node, once. */
final class Node {
    private final SortedMap<String, Json> values = new TreeMap<>(ByteOrder.COMPARATOR);
    private final SortedMap<String, Node> nodes = new TreeMap<>(ByteOrder.COMPARATOR);

    /** The node of this name, made if there is none. */
    Node node(String name) throws ConflictException {
        Json value = values.get(name);
        if (value instanceof Json.Text) {
            throw ConflictException.taken(name);
        }
        if (value != null) {
            throw ConflictException.notANode(value);
        }
        return nodes.computeIfAbsent(name, n -> new Node());
    }

    void put(String name, Json value) throws ConflictException {
        if (nodes.containsKey(name) || values.putIfAbsent(name, value) != null) {
            throw ConflictException.taken(name);
        }
    }

    /** The tree as one JSON object. */
    Json.Members json() {
        SortedMap<String, Json> members = new TreeMap<>(ByteOrder.COMPARATOR);
        members.putAll(values);
        for (Map.Entry<String, Node> entry : nodes.entrySet()) {
            members.put(entry.getKey(), entry.getValue().json());
        }
        return new Json.Members(members);
    }
}
