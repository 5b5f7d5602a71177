// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture;

import io.flafka.testing.torture.load.Load;
import io.flafka.testing.torture.output.OutputWatch;
import io.flafka.testing.torture.pipeline.Settings;
import java.nio.file.Path;
import java.util.Map;

/** What a run has shown. */
record TortureResult(
        String pipeline, Settings settings, Path history, Map<String, Integer> faults, Load load, OutputWatch watch) {}
