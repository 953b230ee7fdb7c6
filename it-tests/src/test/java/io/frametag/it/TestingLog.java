package io.frametag.it;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** All that is logged at debug and above while it is open, with stack traces. */
final class TestingLog extends AbstractAppender implements AutoCloseable {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final LoggerConfig root;
    private final Level before;

    private TestingLog(LoggerConfig root) {
        super("testing-log", null, null, true, Property.EMPTY_ARRAY);
        this.root = root;
        before = root.getLevel();
    }

    static TestingLog open() {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        TestingLog log = new TestingLog(context.getConfiguration().getRootLogger());
        log.start();
        log.root.addAppender(log, Level.DEBUG, null);
        log.level(Level.DEBUG);
        return log;
    }

    private void level(Level level) {
        root.setLevel(level);
        ((LoggerContext) LogManager.getContext(false)).updateLoggers();
    }

    @Override
    public void append(LogEvent event) {
        StringWriter line = new StringWriter();
        line.append(event.getThreadName()).append(' ');
        line.append(event.getMessage().getFormattedMessage());
        if (event.getThrown() != null) {
            event.getThrown().printStackTrace(new PrintWriter(line));
        }
        lines.add(line.toString());
    }

    String text() {
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        level(before);
        root.removeAppender(getName());
        stop();
    }
}
