package io.keyferry.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** What is in the image, in CycloneDX's JSON: what the operator's build lists, and what the image adds to it. */
final class BillOfMaterials {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Layout layout;

    BillOfMaterials(Layout layout) {
        this.layout = layout;
    }

    /**
     * @param built what the operator's build left
     * @param c the C library's version
     */
    void make(Path built, String c) throws ImageException, IOException {
        Path listed = built.resolve("bom.json");
        if (!Files.exists(listed)) {
            throw new ImageException("there is no %s: run ./dev build first".formatted(listed));
        }
        ObjectNode bom = (ObjectNode) JSON.readTree(Files.readAllBytes(listed));
        for (ObjectNode component : List.of(java(), c(c))) {
            bom.withArray("components").add(component);
        }
        Files.writeString(
                layout.billOfMaterials(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(bom) + "\n");
    }

    private ObjectNode java() throws IOException {
        Properties release = new Properties();
        try (var in = Files.newInputStream(layout.runtime().resolve("release"))) {
            release.load(in);
        }
        return component(
                "OpenJDK runtime",
                unquoted(release.getProperty("JAVA_RUNTIME_VERSION", release.getProperty("JAVA_VERSION", ""))),
                "GPL-2.0-with-classpath-exception");
    }

    private static String unquoted(String value) {
        return value.replace("\"", "");
    }

    private static ObjectNode c(String version) {
        return component("glibc", version, "LGPL-2.1-or-later");
    }

    private static ObjectNode component(String name, String version, String licence) {
        ObjectNode component = JSON.createObjectNode()
                .put("type", "platform")
                .put("bom-ref", name + "@" + version)
                .put("name", name)
                .put("version", version);
        component.putArray("licenses").addObject().putObject("license").put("id", licence);
        return component;
    }
}
