package io.watchfloor.launcher;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/// What `java -jar` starts: tells in one line where the Java is too old for the program, else starts it. Compiled for
/// Java 8, so that an old Java can say so. The jar's manifest names the program as `Launched-Class` and the Java it
/// needs as `Launched-Java`. Thread-safe.
public final class Launcher {

    private Launcher() {}

    public static void main(String[] args) throws Throwable {
        File jar = new File(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Attributes manifest;
        try (JarFile file = new JarFile(jar)) {
            manifest = file.getManifest().getMainAttributes();
        }
        int needed = Integer.parseInt(manifest.getValue("Launched-Java"));
        int running = featureOf(System.getProperty("java.specification.version"));
        if (running < needed) {
            System.err.println(manifest.getValue(Attributes.Name.IMPLEMENTATION_TITLE) + " needs Java " + needed
                    + " or newer; this is Java " + running + " (" + System.getProperty("java.home")
                    + "). Install a JDK " + needed + " or newer, for instance Temurin, and start with its java.");
            System.exit(1);
        }
        try {
            Class.forName(manifest.getValue("Launched-Class")).getMethod("main", String[].class).invoke(null,
                    (Object) args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static int featureOf(String version) {
        return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
    }
}
