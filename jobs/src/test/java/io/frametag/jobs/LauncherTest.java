package io.frametag.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {

    private static final Path LAUNCHER =
            Path.of("").toAbsolutePath().resolve("../frametag").normalize();

    @TempDir private Path folder;

    private record Answer(int exitCode, String text) {}

    private static Answer run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            String text =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.exitValue(), text);
        } finally {
            process.destroyForcibly();
        }
    }

    /** A copy in a folder where nothing is built. */
    private String copy() throws IOException {
        Path copy = folder.resolve("frametag");
        Files.copy(LAUNCHER, copy);
        assertThat(copy.toFile().setExecutable(true)).isTrue();
        return copy.toString();
    }

    private Path java(String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve("java-" + version));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexit 3\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return home;
    }

    @Test
    void isAProperScript() throws Exception {
        assertThat(run(Map.of(), "sh", "-n", LAUNCHER.toString())).isEqualTo(new Answer(0, ""));
        assertThat(run(Map.of(), "bash", "-n", LAUNCHER.toString())).isEqualTo(new Answer(0, ""));
    }

    @Test
    void aJavaHomeWithoutJavaIsOneLine() throws Exception {
        Answer answer = run(Map.of("JAVA_HOME", folder.toString()), copy());

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.text())
                .isEqualTo(
                        "frametag: JAVA_HOME ("
                                + folder
                                + ") has no bin/java; set it to a JDK of version 17 or newer\n");
    }

    @Test
    void anOldJavaIsOneLine() throws Exception {
        Answer answer = run(Map.of("JAVA_HOME", java("11.0.2").toString()), copy());

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.text())
                .isEqualTo(
                        "frametag: Java 11.0.2 is too old; install a JDK of version 17 or newer, or"
                                + " set JAVA_HOME\n");
    }

    @Test
    void aJavaThatCantCompileIsOneLine() throws Exception {
        Path home = java("17.0.1");
        Answer answer = run(Map.of("JAVA_HOME", home.toString()), copy());

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.text())
                .isEqualTo(
                        "frametag: Java at "
                                + home
                                + " has no compiler; install a JDK (not a JRE) of version 17 or"
                                + " newer, or set JAVA_HOME\n");
    }

    @Test
    void aMissingMavenIsOneLine() throws Exception {
        Path home = java("21.0.1");
        Path javac = Files.createFile(home.resolve("bin/javac"));
        assertThat(javac.toFile().setExecutable(true)).isTrue();
        Path tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : new String[] {"sh", "dirname", "readlink", "sed", "find", "head"}) {
            Path script = tools.resolve(tool);
            Files.writeString(script, "#!/bin/sh\nPATH=/usr/bin:/bin exec " + tool + " \"$@\"\n");
            assertThat(script.toFile().setExecutable(true)).isTrue();
        }
        Answer answer = run(Map.of("JAVA_HOME", home.toString(), "PATH", tools.toString()), copy());

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.text())
                .isEqualTo(
                        "frametag: Maven is missing; install Maven 3.8.7 or newer (such as: apt"
                                + " install maven) and try again\n");
    }

    @Test
    void refusesToBuildWhereItIsForbidden() throws Exception {
        Answer answer =
                run(
                        Map.of("JAVA_HOME", System.getProperty("java.home"), "FRAMETAG_BUILD", "0"),
                        copy());

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.text()).startsWith("frametag: not built, or not since").hasLineCount(1);
    }

    /** The fake Java exits with 3: that it ran at all says that nothing was to be built. */
    @Test
    void noticesChangedSourcesAlsoInAFolderWithSpaces() throws Exception {
        Path root = Files.createDirectory(folder.resolve("my projects"));
        Path launcher = Files.copy(LAUNCHER, root.resolve("frametag"));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        Path source = source(root, "models/src/main/Model.java");
        source(root, "pom.xml");
        Path stamp = source(root, "target/launcher/stamp");
        Files.writeString(
                source(root, "target/launcher/classpath"), root.resolve("pom.xml") + "\n");
        Instant built = Instant.now().plusSeconds(60);
        Files.setLastModifiedTime(stamp, FileTime.from(built));
        Map<String, String> environment =
                Map.of("JAVA_HOME", java("17.0.1").toString(), "FRAMETAG_BUILD", "0");

        assertThat(run(environment, launcher.toString())).isEqualTo(new Answer(3, ""));

        Files.setLastModifiedTime(source, FileTime.from(built.plusSeconds(1)));
        Answer changed = run(environment, launcher.toString());
        assertThat(changed.exitCode()).isEqualTo(1);
        assertThat(changed.text()).contains("not since the sources changed");
    }

    private static Path source(Path root, String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}
