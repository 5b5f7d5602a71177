// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.util.List;
import org.awaitility.Awaitility;

/** The threads of this JVM by their names. Thread-safe. */
public final class LiveThreads {

    private LiveThreads() {}

    /** Fails if a thread whose name contains that goes on. Waits a moment, as an executor says that it has ended before its thread has. */
    public static void assertNoneNamed(String partOfName) {
        Awaitility.await().until(() -> those(partOfName), List::isEmpty);
    }

    /** Of all that run now. */
    public static List<String> names() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    private static List<String> those(String partOfName) {
        return names().stream().filter(name -> name.contains(partOfName)).toList();
    }
}
