// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import io.flafka.produce.send.CustomClassFailures;
import io.flafka.produce.send.RefusalReason;
import io.flafka.produce.send.SoloSends;
import java.time.Duration;

/**
 * What all transactional producers of a component have in common.
 *
 * @param answerTimeout how long to wait for an answer
 * @param soloSends decides which records are sent alone
 * @param reason explains failures to the operator
 * @param classes explains what the Kafka producer throws
 * @param metrics counts how transactions end
 */
record PublisherParts(
        Duration answerTimeout,
        SoloSends soloSends,
        RefusalReason reason,
        CustomClassFailures classes,
        TransactionMetrics metrics) {}
