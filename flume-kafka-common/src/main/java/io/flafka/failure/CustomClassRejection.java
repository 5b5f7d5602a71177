// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

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
        return className + " rejects the record: " + thrown;
    }
}
