package io.keyferry.testkit;

import java.nio.file.Path;
import java.util.Map;

/** The real kubectl. What it refuses is a {@link ToolFailure}. */
public final class Kubectl {
    private final Tool tool = new Tool("kubectl", Map.of());

    /** What Kustomize makes of a folder. */
    public String kustomize(Path folder) {
        return tool.run("kustomize", folder.toString());
    }
}
