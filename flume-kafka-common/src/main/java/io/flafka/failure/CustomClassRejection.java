// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import java.util.List;

/** Builds the message for a record that an operator's class, such as a partitioner or a deserializer, has rejected by throwing. */
public final class CustomClassRejection {

    private CustomClassRejection() {}

    /**
     * Returns the message for the operator.
     *
     * @param className the class, as the operator knows it
     * @param thrown what the class has thrown
     */
    public static String message(String className, Throwable thrown) {
        List<Throwable> chain = FailureReason.chain(thrown);
        String text = thrown.toString();
        String root = chain.get(chain.size() - 1).toString();
        // A class may wrap what happened, such as a refused connection, in an exception that does not say so.
        return className + " rejects the record: " + text + (text.contains(root) ? "" : " (cause: " + root + ")");
    }
}
