#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs an agent under load for a long time, and fails if its memory, threads or file descriptors grow.
#   soak.sh [--minutes N]                    source -> channel -> sink at 80 % of the maximum, which is measured first
#   soak.sh --fast-producer [--minutes N]    a producer that is ten times faster than the sink
# Needs Linux, JDK 17 or newer and Maven 3.8.7 or newer. Builds the checkout first; with NO_BUILD=1 it uses the last build.
set -euo pipefail

project="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
module="$project/flume-kafka-testing"
plugin() { find "$project/flume-kafka-dist/target" -maxdepth 1 -name 'flume-kafka-*.zip' 2>/dev/null | head -n 1; }

if [[ -z ${NO_BUILD:-} || ! -f $module/target/classpath || -z $(plugin) ]]; then
  echo "Building ..."
  (cd "$project" && mvn -B -ntp -q package -pl flume-kafka-dist,flume-kafka-testing -am -Dquick -DskipTests -DskipITs </dev/null)
fi

cd "$project"
exec java -Xmx256m -Dlog4j2.configurationFile=torture-log4j2.properties \
  -cp "$module/target/classes:$(<"$module/target/classpath")" io.flafka.testing.torture.soak.Soak \
  --plugin "$(plugin)" --results "$module/target/soak" "$@"
