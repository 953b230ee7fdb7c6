package io.frametag.jobs.tag;

import io.frametag.jobs.OutputFile;
import io.frametag.jobs.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where tags go.
 *
 * @param kind of place
 * @param name of the file or topic; empty for standard output
 */
record TagOutput(Kind kind, String name) {

    enum Kind {
        STANDARD_OUTPUT,
        FILE,
        TOPIC
    }

    /**
     * Understands {@code stdout}, {@code kafka:TOPIC} or a file, and checks that a file can be
     * written.
     *
     * @param sources which must not be written over
     */
    static TagOutput parse(String text, List<TagSource> sources) throws UserError {
        if (text.equals("stdout") || text.equals("-")) {
            return new TagOutput(Kind.STANDARD_OUTPUT, "");
        }
        if (text.startsWith("kafka:")) {
            String topic = text.substring("kafka:".length());
            if (!topic.matches("[A-Za-z0-9._-]{1,249}")) {
                throw UserError.usage("output " + text + " names no topic; give kafka:TOPIC");
            }
            return new TagOutput(Kind.TOPIC, topic);
        }
        Path file = Path.of(text);
        OutputFile.checkWritable(file);
        checkNoSource(file, sources);
        return new TagOutput(Kind.FILE, text);
    }

    private static void checkNoSource(Path file, List<TagSource> sources) throws UserError {
        for (TagSource source : sources) {
            try {
                if (source.isSameFile(file)) {
                    throw UserError.usage(
                            "output " + file + " is one of the sources; name another file");
                }
            } catch (IOException e) {
                throw UserError.failed("output " + file + " can't be looked at; check the disk", e);
            }
        }
    }
}
