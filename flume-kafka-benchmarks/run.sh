#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Measures Flume's own components, this plugin and the bare client, or compares two measurements. README.md explains the results.
#   run.sh [--scenario REGEX] [--reps N] [--quick] [--out FILE] [--compare BASELINE.json]
#   run.sh --compare A.json B.json
# Needs JDK 17 or newer and Maven 3.8.7 or newer. Builds the checkout first; with NO_BUILD=1 it measures the last build.
set -euo pipefail

project="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
module="$project/flume-kafka-benchmarks"

if [[ -z "${NO_BUILD:-}" && ( $# -ne 3 || "$1" != "--compare" ) ]] || [[ ! -f "$module/target/classpath" ]]; then
  echo "Building ..."
  (cd "$project" && mvn -B -ntp -q package -pl flume-kafka-benchmarks -am -DskipTests -DskipITs \
    -Dspotless.check.skip -Dcheckstyle.skip -Dspotbugs.skip -Drat.skip -Dmdep.analyze.skip -Dcyclonedx.skip </dev/null)
fi

exec java -Xmx1g -Djava.awt.headless=true -Dproject.directory="$project" \
  -cp "$module/target/classes:$(<"$module/target/classpath")" io.flafka.benchmarks.BenchmarksMain "$@"
