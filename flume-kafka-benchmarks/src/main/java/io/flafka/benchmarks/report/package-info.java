// SPDX-License-Identifier: Apache-2.0
/** From runs to JSON, a table, plots and a comparison. */
@NullMarked
package io.flafka.benchmarks.report;

import org.jspecify.annotations.NullMarked;
