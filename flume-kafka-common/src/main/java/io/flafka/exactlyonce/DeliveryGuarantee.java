// SPDX-License-Identifier: Apache-2.0
package io.flafka.exactlyonce;

/** How often an event can be written if something fails: the property {@code delivery.guarantee}. */
public enum DeliveryGuarantee {
    /** Once or more often. */
    AT_LEAST_ONCE,
    /** Once: its offset is committed in the Kafka transaction that writes it. */
    EXACTLY_ONCE
}
