// SPDX-License-Identifier: Apache-2.0
/** What a caller sees of publishing one batch of records, and the ways in which it fails. */
@NullMarked
package io.flafka.produce.batch;

import org.jspecify.annotations.NullMarked;
