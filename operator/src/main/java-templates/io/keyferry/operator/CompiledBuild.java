package io.keyferry.operator;

/** The build that this class was compiled in; it comes with the class, wherever the JVM got that from. */
final class CompiledBuild {
    private CompiledBuild() {}

    /** A method, lest the compiler copy the constant into other classes. */
    static String id() {
        return "${build.id}";
    }
}
