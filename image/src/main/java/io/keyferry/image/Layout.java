package io.keyferry.image;

import java.nio.file.Path;
import java.util.List;

/**
 * Where things lie in the image.
 *
 * @param root the folder that stands for the image's root
 */
record Layout(Path root) {
    static final String ENTRY_POINT = "/opt/keyferry/bin/keyferry";
    static final String APP = "/opt/keyferry/lib/app";
    static final String RUNTIME = "/opt/keyferry/lib/runtime";

    static final String CACHE = "keyferry.aot";

    private static final String LAUNCHER_LIBRARY = "libapplauncher.so";

    /** The number that Kubernetes needs to see that the user is not root, and the name that comes with it. */
    static final int USER = 65532;

    static final String USER_NAME = "nonroot";

    /** The folder of {@link #keyferry()}. */
    Path opt() {
        return root.resolve("opt");
    }

    Path keyferry() {
        return opt().resolve("keyferry");
    }

    Path launcher() {
        return keyferry().resolve("bin/keyferry");
    }

    Path library() {
        return keyferry().resolve("lib");
    }

    Path runtime() {
        return library().resolve("runtime");
    }

    Path app() {
        return library().resolve("app");
    }

    /** Native libraries that would otherwise be unpacked into a folder for temporary files at run time. */
    Path natives() {
        return library().resolve("native");
    }

    Path cache() {
        return app().resolve(CACHE);
    }

    Path billOfMaterials() {
        return keyferry().resolve("bom.json");
    }

    /** The launcher's. */
    Path configuration() {
        return app().resolve("keyferry.cfg");
    }

    /** The launcher's other name, which existing manifests call; it looks for its files from where it is. */
    Path alias() {
        return root.resolve("manager");
    }

    Path aliasConfiguration() {
        return root.resolve("lib/app/manager.cfg");
    }

    Path aliasLibrary() {
        return root.resolve("lib").resolve(LAUNCHER_LIBRARY);
    }

    Path launcherLibrary() {
        return library().resolve(LAUNCHER_LIBRARY);
    }

    boolean isOfAlias(Path path) {
        return List.of(alias(), aliasConfiguration(), aliasLibrary()).contains(path);
    }
}
