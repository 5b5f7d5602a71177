// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

/** Where the events of a batch are that has failed. */
enum FailedBatchState {
    /** The channel has them back, and gives them again. */
    IN_CHANNEL,
    /** The channel may have let go of them: a commit was tried, or the rollback failed. */
    UNKNOWN
}
