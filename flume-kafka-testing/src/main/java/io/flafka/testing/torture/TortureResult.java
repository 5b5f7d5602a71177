// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture;

import io.flafka.testing.torture.check.Verdict;
import io.flafka.testing.torture.pipeline.Settings;

/**
 * What a run has shown.
 *
 * @param pipeline the pipeline's name
 * @param settings what the seed has chosen
 * @param verdict what the checker says
 */
record TortureResult(String pipeline, Settings settings, Verdict verdict) {}
