// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.util.HashMap;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;

/** Keeps classes from logging until it is closed, for a test that makes them log too often. Not thread-safe. */
public final class SilencedLog implements AutoCloseable {

    private final Map<String, Level> before = new HashMap<>();

    /** Silences these classes. */
    public SilencedLog(Class<?>... types) {
        for (Class<?> type : types) {
            before.put(type.getName(), LogManager.getLogger(type).getLevel());
            Configurator.setLevel(type.getName(), Level.OFF);
        }
    }

    @Override
    public void close() {
        before.forEach(Configurator::setLevel);
    }
}
