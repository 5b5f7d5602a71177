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

/** What one class logs in this JVM, from {@code INFO} on, from now until it is closed. Thread-safe. */
public final class LogLines extends AbstractAppender implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Throwable> throwables = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Level before;

    /** Of that class. */
    public LogLines(Class<?> type) {
        this(type.getName());
    }

    /** Of a class that is not seen from the test, by its whole name. */
    public LogLines(String type) {
        super("lines", null, null, true, Property.EMPTY_ARRAY);
        this.logger = (Logger) LogManager.getLogger(type);
        this.before = logger.getLevel();
        start();
        logger.addAppender(this);
        // Adding it gives the logger the level of its parent.
        logger.setLevel(Level.INFO);
    }

    @Override
    public void append(LogEvent event) {
        lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
        if (event.getThrown() != null) {
            throwables.add(event.getThrown());
        }
    }

    /** Each with its level before it. */
    public List<String> lines() {
        return lines;
    }

    /** What was logged with a stack trace. */
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
