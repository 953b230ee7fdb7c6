package io.frametag.connectors.video;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Feeds inputs of one format to child processes. Where one dies or hangs, what it was at is noted,
 * and another goes on behind that.
 */
final class FuzzRun {

    private static final Duration HANG_LIMIT = Duration.ofSeconds(20);
    private static final int MOST_DEATHS = 20;
    private static final String GONE = "";

    private final Path folder;
    private final FuzzFormat format;
    private final long seed;
    private final Map<FuzzTarget.Outcome, Integer> outcomes =
            new EnumMap<>(FuzzTarget.Outcome.class);
    private final List<String> problems = new ArrayList<>();
    private long slowestMicros;
    private int slowest = -1;
    private int at;
    private boolean started;

    FuzzRun(Path folder, FuzzFormat format, long seed) {
        this.folder = folder;
        this.format = format;
        this.seed = seed;
    }

    /** Takes the inputs from the first to the one before the last. */
    FuzzRun run(int from, int to) throws IOException, InterruptedException {
        at = from;
        for (int deaths = 0; at < to && deaths < MOST_DEATHS; deaths++) {
            runChild(to);
            if (!started) {
                throw new IllegalStateException(
                        "the child takes no input: " + Files.readString(errors()));
            }
        }
        return this;
    }

    /** What went wrong: nothing, if all is well. */
    List<String> problems() {
        return problems;
    }

    int taken() {
        return outcomes.values().stream().mapToInt(Integer::intValue).sum();
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "%-14s %6d %7d %7d %7d   %7.1f ms (input %d)",
                format,
                taken(),
                outcomes.getOrDefault(FuzzTarget.Outcome.WHOLE, 0),
                outcomes.getOrDefault(FuzzTarget.Outcome.PARTLY, 0),
                outcomes.getOrDefault(FuzzTarget.Outcome.REFUSED, 0),
                slowestMicros / 1000.0,
                slowest);
    }

    static String heading() {
        return String.format(
                "%-14s %6s %7s %7s %7s   %s",
                "format", "inputs", "whole", "partly", "refused", "slowest");
    }

    private void runChild(int to) throws IOException, InterruptedException {
        Process child = start(to);
        try {
            BlockingQueue<String> lines = linesOf(child);
            while (true) {
                String line = lines.poll(HANG_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
                if (line == null) {
                    note("hangs: no answer in " + HANG_LIMIT.toSeconds() + " s");
                    return;
                }
                if (line.equals(GONE)) {
                    noteExit(child, to);
                    return;
                }
                take(line);
            }
        } finally {
            child.destroyForcibly();
            child.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private Process start(int to) throws IOException {
        return child(
                FuzzChild.class,
                errors(),
                folder.toString(),
                format.name(),
                Long.toString(seed),
                Integer.toString(at),
                Integer.toString(to));
    }

    /** A child process with a bounded heap that is in memory from the start. */
    static Process child(Class<?> main, Path errors, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xms512m",
                                "-Xmx512m",
                                "-XX:+AlwaysPreTouch",
                                "-XX:+UseSerialGC",
                                "-XX:ErrorFile=" + errors.resolveSibling("hs_err_%p.log"),
                                "-XX:-CreateCoredumpOnCrash",
                                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                                "-Djava.awt.headless=true",
                                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        return builder.start();
    }

    private Path errors() {
        return folder.resolve("stderr_" + format + ".txt");
    }

    private static BlockingQueue<String> linesOf(Process child) {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reader =
                new Thread(
                        () -> {
                            try (BufferedReader in = child.inputReader()) {
                                in.lines().forEach(lines::add);
                            } catch (IOException e) {
                                lines.add("wrong -1 its output can't be read: " + e);
                            } finally {
                                lines.add(GONE);
                            }
                        },
                        "fuzz-output");
        reader.setDaemon(true);
        reader.start();
        return lines;
    }

    private void take(String line) {
        String[] words = line.split(" ", 3);
        switch (words[0]) {
            case "start" -> {
                started = true;
                at = Integer.parseInt(words[1]);
            }
            case "done" -> {
                String[] result = words[2].split(" ");
                outcomes.merge(FuzzTarget.Outcome.valueOf(result[0]), 1, Integer::sum);
                long micros = Long.parseLong(result[1]);
                if (micros > slowestMicros) {
                    slowestMicros = micros;
                    slowest = at;
                }
            }
            case "wrong" -> problems.add(describe(words[2]));
            default -> problems.add(describe("an unexpected line: " + line));
        }
    }

    private void noteExit(Process child, int to) throws InterruptedException {
        int code = child.waitFor(10, TimeUnit.SECONDS) ? child.exitValue() : -1;
        if (code == 0) {
            at = to;
        } else {
            note("ends its process with code " + code);
        }
    }

    private void note(String problem) {
        problems.add(describe(problem));
        at++;
    }

    private String describe(String problem) {
        return "%s:%d:%d %s; to see it again: -Dframetag.fuzz.only=%s:%d:%d"
                .formatted(format, seed, at, problem, format, seed, at);
    }
}
