package io.frametag.models.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.frametag.models.ModelException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CLIP's byte-pair tokenizer, from a {@code tokenizer.json} in Hugging Face's format. Gives the ids
 * of OpenCLIP's own tokenizer, which the models were trained with: start token, text, end token,
 * padded with 0 to {@value #CONTEXT_LENGTH}; a longer text is cut so that the end token stays.
 *
 * <p>Thread-safe. It owns the native tokenizer; a call after {@link #close} throws, one during it
 * ends first.
 */
public final class ClipTokenizer implements AutoCloseable {

    /** Number of ids per text. */
    public static final int CONTEXT_LENGTH = 77;

    /**
     * How OpenCLIP splits a text. Its spellings of the start and end tokens are tokens only where
     * this finds them, which a run of punctuation before them prevents.
     */
    private static final Pattern PIECES =
            Pattern.compile(
                    "<start_of_text>|<end_of_text>|'s|'t|'re|'ve|'m|'ll|'d"
                            + "|\\p{L}+|\\p{N}|[^\\s\\p{L}\\p{N}]+");

    private final HuggingFaceTokenizer tokenizer;
    private final int startId;
    private final int endId;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private ClipTokenizer(HuggingFaceTokenizer tokenizer, int startId, int endId) {
        this.tokenizer = tokenizer;
        this.startId = startId;
        this.endId = endId;
    }

    /**
     * Loads a tokenizer. Uses the network at no time.
     *
     * @throws ModelException if the file is missing, is no tokenizer or lacks start and end tokens
     */
    public static ClipTokenizer open(Path file) throws ModelException {
        TokenizerFile definition = TokenizerFile.read(file);
        HuggingFaceTokenizer tokenizer = OfflineTokenizers.load(file, definition.json());
        return new ClipTokenizer(tokenizer, definition.startId(), definition.endId());
    }

    /** The ids of one text, {@value #CONTEXT_LENGTH} of them. */
    public int[] encode(String text) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("tokenizer is closed");
            }
            return frame(TextCleaner.clean(text));
        } finally {
            lock.readLock().unlock();
        }
    }

    private int[] frame(String cleaned) {
        Ids ids = new Ids();
        ids.add(startId);
        Matcher pieces = PIECES.matcher(cleaned);
        int from = 0;
        while (cleaned.indexOf("_of_text>", from) >= 0 && pieces.find()) {
            boolean start = pieces.group().equals("<start_of_text>");
            if (start || pieces.group().equals("<end_of_text>")) {
                addText(ids, cleaned.substring(from, pieces.start()));
                ids.add(start ? startId : endId);
                from = pieces.end();
            }
        }
        addText(ids, cleaned.substring(from));
        ids.add(endId);
        return ids.cut(endId);
    }

    private void addText(Ids ids, String text) {
        if (!text.isEmpty()) {
            for (long id : tokenizer.encode(text, false, false).getIds()) {
                ids.add((int) id);
            }
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                tokenizer.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Ids as they come; all past the context length are counted but not kept. */
    private static final class Ids {
        private final int[] ids = new int[CONTEXT_LENGTH];
        private int count;

        void add(int id) {
            if (count < CONTEXT_LENGTH) {
                ids[count] = id;
            }
            count++;
        }

        int[] cut(int endId) {
            if (count > CONTEXT_LENGTH) {
                ids[CONTEXT_LENGTH - 1] = endId;
            }
            return Arrays.copyOf(ids, CONTEXT_LENGTH);
        }
    }
}
