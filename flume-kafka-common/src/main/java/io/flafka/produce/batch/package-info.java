// SPDX-License-Identifier: Apache-2.0
/** The contract of publishing a batch of records, and the exceptions with which it fails. */
@NullMarked
package io.flafka.produce.batch;

import org.jspecify.annotations.NullMarked;
