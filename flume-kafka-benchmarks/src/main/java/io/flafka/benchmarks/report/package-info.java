// SPDX-License-Identifier: Apache-2.0
/** Reports: JSON, tables, plots and comparisons. */
@NullMarked
package io.flafka.benchmarks.report;

import org.jspecify.annotations.NullMarked;
