#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Shows the monitoring at work with one command: Kafka, an agent with the JMX exporter, Prometheus with the alerts, a steady load, and trouble now and then.
#   run.sh [--minutes N] [--picture FILE.png]
# Needs JDK 17 or newer, Maven 3.8.7 or newer, and Debian or a prometheus on the PATH. A picture needs npm and chromium too.
set -euo pipefail

readonly RECORDS_PER_SECOND=1000
readonly TROUBLE_SECONDS=40

minutes=8
picture=
while (($# > 0)); do
  case $1 in
    --minutes) minutes=$2 ;;
    --picture) picture=$(realpath "$2") ;;
    *)
      echo "Usage: run.sh [--minutes N] [--picture FILE.png]" >&2
      exit 2
      ;;
  esac
  shift 2
done
[[ $minutes =~ ^[0-9]+$ ]] && ((minutes >= 2)) || {
  echo "--minutes needs a number of at least 2" >&2
  exit 2
}
readonly here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
broker=
agent=
prometheus=
load=
# shellcheck source=../processes.sh
source "$here/../processes.sh"

stop_programs() {
  # A frozen broker could not stop, and the others would wait for it.
  if [[ -n $broker ]]; then kill -CONT "$broker" 2>/dev/null || true; fi
  stop "$load"
  stop "$agent"
  stop "$prometheus"
  stop "$broker"
}

# Prints an unused loopback port below the range for outgoing connections.
free_port() {
  local port
  while
    port=$((20000 + RANDOM % 12000))
    (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null
  do :; done
  echo "$port"
}

kafka() { # argument for java...
  exec "$java" -Xmx256m -XX:+UseSerialGC -Djava.io.tmpdir="$work" -Dlog4j2.configurationFile=broker-log4j2.properties \
    -cp "$testing/target/classes:$(<"$testing/runtimes/kafka-4.4.0/target/classpath")" "$@"
}

get_exporter() {
  local version
  version=$(sed -n 's:.*<jmx.exporter.version>\(.*\)</jmx.exporter.version>.*:\1:p' "$here/../pom.xml")
  (cd "$root" && mvn -B -ntp -q dependency:copy -Dartifact="io.prometheus.jmx:jmx_prometheus_javaagent:$version" \
    -DoutputDirectory="$work/exporter" </dev/null) || fail "Maven did not get the JMX exporter $version"
}

start_broker() {
  local topic
  start broker kafka io.flafka.testing.BrokerMain "$work/broker"
  broker=$started
  await_log broker "$broker" '^READY ' "the broker starts"
  brokers=$(sed -n 's/^READY //p' "$work/broker.log")
  for topic in orders flume-c1 orders-dead-letters; do create_topic "$topic"; done
  # Larger records are refused here, and become dead letters.
  create_topic orders-checked --config max.message.bytes=2000
  step "2. Kafka on $brokers, with the topics of agent.properties"
}

create_topic() { # name, further arguments...
  (kafka org.apache.kafka.tools.TopicCommand --bootstrap-server "$brokers" --create --partitions 2 --topic "$@") >"$work/topic.log" 2>&1 ||
    fail "Topic $1 could not be created" "$work/topic.log"
}

start_agent() {
  local home=$work/flume
  create_home "$home"
  metrics=$(free_port)
  echo "export JAVA_OPTS=\"\$JAVA_OPTS -javaagent:$(find "$work/exporter" -name '*.jar')=127.0.0.1:$metrics:$here/jmx-exporter.yaml\"" \
    >>"$home/conf/flume-env.sh"
  sed "s/localhost:9092/$brokers/" "$here/agent.properties" >"$home/conf/agent.properties"
  start agent "$home/bin/flume-ng" agent -n a1 -c "$home/conf" -f "$home/conf/agent.properties" -Xmx256m -Djava.io.tmpdir="$work"
  agent=$started
  await_log agent "$agent" 'Starting Source r1' "the agent starts"
  step "3. Flume agent runs agent.properties; its metrics are at http://127.0.0.1:$metrics/metrics"
}

# Reads the metrics every 5 seconds, so that a short run has enough points.
start_prometheus() {
  local program
  program=$("$here/prometheus.sh") || fail "Prometheus could not be found"
  mkdir "$work/prometheus"
  cp "$here/alerts.yml" "$work/prometheus"
  sed -e "s/localhost:9404/127.0.0.1:$metrics/" -e 's/15s/5s/' "$here/prometheus.yml" >"$work/prometheus/prometheus.yml"
  web=http://127.0.0.1:$(free_port)
  start prometheus "$program" --config.file="$work/prometheus/prometheus.yml" --storage.tsdb.path="$work/prometheus/data" \
    --web.listen-address="${web#http://}"
  prometheus=$started
  await_log prometheus "$prometheus" 'Server is ready to receive web requests' "Prometheus starts"
  step "4. Prometheus with alerts.yml: $web/alerts"
}

send() { # number of records, size, records per second
  kafka org.apache.kafka.tools.ProducerPerformance --topic orders --num-records "$1" --record-size "$2" --throughput "$3" \
    --command-property bootstrap.servers="$brokers"
}

run_load() {
  local quarter=$((minutes * 60 / 4))
  start load send $((minutes * 60 * RECORDS_PER_SECOND)) 200 "$RECORDS_PER_SECOND"
  load=$started
  step "5. $RECORDS_PER_SECOND records a second for $minutes minutes"
  sleep "$quarter"
  (send 20 4000 20) >"$work/large.log" 2>&1 || fail "The large records could not be sent" "$work/large.log"
  step "6. 20 records sent that are too large for the sink's topic: they become dead letters"
  sleep "$quarter"
  kill -STOP "$broker"
  step "7. Kafka does not answer for $TROUBLE_SECONDS seconds"
  sleep "$TROUBLE_SECONDS"
  kill -CONT "$broker"
  sleep $((2 * quarter - TROUBLE_SECONDS))
}

prepare monitoring
build
get_exporter
start_broker
start_agent
start_prometheus
run_load
if [[ -n $picture ]]; then
  "$here/picture/draw.sh" "$web" "$minutes" "$picture" || fail "The picture could not be drawn"
  step "8. $picture"
fi
stop_all
step "Everything is stopped and removed."
