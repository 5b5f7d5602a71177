// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

/** Whether an event shares the byte array of its record's value. */
enum BodySharing {
    /** The event has the record's own array. Safe if no code changes a body in place before the channels have the event. */
    SHARED {
        @Override
        byte[] bodyOf(byte[] value) {
            return value;
        }
    },
    /** The event has a copy. An interceptor may change it in place; the record stays unchanged for a retry. */
    COPIED {
        @Override
        byte[] bodyOf(byte[] value) {
            return value.clone();
        }
    };

    abstract byte[] bodyOf(byte[] value);
}
