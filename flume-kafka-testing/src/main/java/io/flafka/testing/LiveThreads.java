// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.util.List;
import org.awaitility.Awaitility;

/** The names of this JVM's live threads. Thread-safe. */
public final class LiveThreads {

    private LiveThreads() {}

    /**
     * Fails if a thread whose name contains {@code partOfName} keeps running. Waits a moment, because an executor
     * reports termination before its thread ends.
     */
    public static void assertNoneNamed(String partOfName) {
        Awaitility.await().until(() -> namesContaining(partOfName), List::isEmpty);
    }

    /** Returns the names of all live threads. */
    public static List<String> names() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    private static List<String> namesContaining(String partOfName) {
        return names().stream().filter(name -> name.contains(partOfName)).toList();
    }
}
