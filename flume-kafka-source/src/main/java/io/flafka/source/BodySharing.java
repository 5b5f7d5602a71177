// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

/** Whether an event may have the bytes of its record. */
enum BodySharing {
    /** Nobody changes them before the channels have the event. */
    SHARED {
        @Override
        byte[] of(byte[] value) {
            return value;
        }
    },
    /** An interceptor may change them in place, and the record must still be what it was if a channel refuses the event. */
    COPIED {
        @Override
        byte[] of(byte[] value) {
            return value.clone();
        }
    };

    abstract byte[] of(byte[] value);
}
