// SPDX-License-Identifier: Apache-2.0
/** Generates the tables of docs/configuration.md, docs/metrics.md and docs/migrating.md from the code, and tests that the pages are up to date. */
@NullMarked
package io.flafka.docs;

import org.jspecify.annotations.NullMarked;
