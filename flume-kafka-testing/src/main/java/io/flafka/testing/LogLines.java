// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Captures what one class logs in this JVM, at {@code INFO} and above, until it is closed. Thread-safe. */
public final class LogLines extends AbstractAppender implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Throwable> throwables = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Level before;

    public LogLines(Class<?> type) {
        this(type.getName());
    }

    /** Captures the log of a class that the test cannot reference, by its full name. */
    public LogLines(String type) {
        super("lines", null, null, true, Property.EMPTY_ARRAY);
        this.logger = (Logger) LogManager.getLogger(type);
        this.before = logger.getLevel();
        start();
        logger.addAppender(this);
        // Adding the appender gives the logger its parent's level.
        logger.setLevel(Level.INFO);
    }

    @Override
    public void append(LogEvent event) {
        lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
        if (event.getThrown() != null) {
            throwables.add(event.getThrown());
        }
    }

    /** Returns the lines, each with its level in front. */
    public List<String> lines() {
        return lines;
    }

    /** Returns what was logged with a stack trace. */
    public List<Throwable> throwables() {
        return throwables;
    }

    @Override
    public void close() {
        logger.removeAppender(this);
        logger.setLevel(before);
        stop();
    }
}
