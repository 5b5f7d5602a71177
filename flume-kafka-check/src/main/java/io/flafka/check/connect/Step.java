// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.connect;

import io.flafka.check.rule.Finding;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/** A step on the way to a working component. An error means that the next steps need not be tried. Stateless. */
interface Step {

    /** Returns what the step tries, for the list of steps that were not tried. */
    String title();

    /**
     * Tries the step.
     *
     * @param admin a client with the component's settings
     * @return notes about what works, warnings and errors
     * @throws org.apache.kafka.common.KafkaException if the brokers refuse a question or do not answer
     */
    List<Finding> run(KafkaUse use, Admin admin);
}
