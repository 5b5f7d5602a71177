#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Tortures agents with faults and checks what they promise. README.md explains it.
#   run.sh [--minutes N] [--seed S] [--pipeline P] [--components flafka|stock] [--results FOLDER]
# Needs JDK 17 or newer and Maven 3.8.7 or newer. Builds the checkout first; with NO_BUILD=1 it uses the last build.
set -euo pipefail

project="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
module="$project/flume-kafka-testing"
plugin() { find "$project/flume-kafka-dist/target" -maxdepth 1 -name 'flume-kafka-*.zip' 2>/dev/null | head -n 1; }

if [[ -z ${NO_BUILD:-} || ! -f $module/target/classpath || -z $(plugin) ]]; then
  echo "Building ..."
  (cd "$project" && mvn -B -ntp -q package -pl flume-kafka-dist,flume-kafka-testing -am -Dquick -DskipTests -DskipITs </dev/null)
fi

cd "$project"
exec java -Xmx512m -Dlog4j2.configurationFile=torture-log4j2.properties \
  -cp "$module/target/classes:$(<"$module/target/classpath")" io.flafka.testing.torture.Torture \
  --plugin "$(plugin)" --results "$module/target/torture" "$@"
