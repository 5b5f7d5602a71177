#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs one of the examples in this folder with one command: see README.md.
#   run.sh scram|mutual-tls|oauthbearer
set -euo pipefail

readonly LINES_SENT=10

example=${1-}
case $example in
  scram | mutual-tls | oauthbearer) ;;
  *)
    echo "Usage: run.sh scram|mutual-tls|oauthbearer" >&2
    exit 2
    ;;
esac
readonly here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
broker=
agent=
# shellcheck source=../processes.sh
source "$here/../processes.sh"

# The agent stops first, because it needs the broker for a clean stop.
stop_programs() {
  stop "$agent"
  stop "$broker"
}

start_broker() {
  cd "$root"
  start broker "$java" -Xmx128m -Djava.io.tmpdir="$work" -cp "$testing/target/classes:$(<"$testing/target/classpath")" \
    io.flafka.testing.security.SecuredBrokerMain "$work/servers" "$example"
  broker=$started
  await_log broker "$broker" '^READY ' "the broker starts"
  step "2. Kafka on $(sed -n 's/^READY //p' "$work/broker.log") requires this login; topics, user and ACLs are created"
}

start_agent() {
  local home=$work/flume
  create_home "$home"
  cp "$work/servers/flume-env.sh" "$home/conf"
  # shellcheck source=/dev/null
  source "$work/servers/flume-env.sh"
  start agent "$home/bin/flume-ng" agent -n a1 -c "$home/conf" -f "$here/$example/agent.properties" -Xmx256m -Djava.io.tmpdir="$work"
  agent=$started
  await_log agent "$agent" 'Created serverSocket' "the agent starts"
  step "3. Flume agent runs $example/agent.properties; its netcat source listens on 127.0.0.1:$NETCAT_PORT"
}

send_lines() {
  local i answer
  exec 7<>"/dev/tcp/127.0.0.1/$NETCAT_PORT"
  for ((i = 1; i <= LINES_SENT; i++)); do
    printf 'line %02d of %d\n' "$i" "$LINES_SENT" >&7
    read -r -t 60 answer <&7 && [[ $answer == OK ]] || fail "The netcat source did not accept line $i" "$work/agent.log"
  done
  exec 7>&-
  step "4. $LINES_SENT lines sent"
}

# A line in the agent's log has passed Kafka sink, topic, Kafka source and Kafka channel.
check_lines() {
  local i line
  for ((i = 1; i <= LINES_SENT; i++)); do
    line=$(printf 'line %02d of %d' "$i" "$LINES_SENT")
    await_log agent "$agent" "LoggerSink - Event: .*$line" "'$line' is in the agent's log"
  done
  step "5. All lines have passed Kafka sink, Kafka source and Kafka channel. From the agent's log:"
  sed -n 's/.*LoggerSink - Event: .* \(line .*\)}.*/          \1/p' "$work/agent.log"
}

prepare secured
build
start_broker
start_agent
send_lines
check_lines
stop_all
step "Every line arrived. Everything is stopped and removed."
