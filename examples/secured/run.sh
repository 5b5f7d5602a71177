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
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
testing=$root/flume-kafka-testing
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=
broker=
agent=

step() {
  printf '%4d s  %s\n' "$SECONDS" "$*"
}

# Reports a failure with the end of a log, and exits.
fail() { # what, log
  echo "FAILED: $1" >&2
  if [[ -s ${2-} ]]; then tail -n 30 "$2" | cut -c 1-500 | sed 's/^/  | /' >&2; fi
  exit 1
}

# Starts a program; its pid is in $started. It gets SIGTERM when this script closes file descriptor 8 or ends in any way, even by SIGKILL.
start() { # name, command...
  local name=$1
  shift
  "$@" <"$work/lease" >"$work/$name.log" 2>&1 8>&- &
  started=$!
  (
    exec 8>&-
    cat
    kill "$started"
  ) <"$work/lease" >/dev/null 2>&1 &
}

# Stops a program. After 30 seconds it is killed.
stop() { # pid
  local i
  [[ -n $1 ]] || return 0
  kill "$1" 2>/dev/null || true
  for ((i = 0; i < 150; i++)); do
    kill -0 "$1" 2>/dev/null || return 0
    sleep 0.2
  done
  kill -KILL "$1" 2>/dev/null || true
}

# The agent stops first, because it needs the broker for a clean stop.
stop_all() {
  trap '' INT TERM HUP
  stop "$agent"
  stop "$broker"
  exec 8>&-
  # The temporary files of both are in this folder.
  wait
  rm -rf "$work"
}

# Waits until a running program has logged something.
await_log() { # name, pid, regex, what
  local deadline=$((SECONDS + 90))
  until grep -q -e "$3" "$work/$1.log"; do
    kill -0 "$2" 2>/dev/null || fail "The $1 stopped too early. Expected: $4" "$work/$1.log"
    ((SECONDS < deadline)) || fail "Not within 90 s: $4" "$work/$1.log"
    sleep 0.2
  done
}

plugin() {
  find "$root/flume-kafka-dist/target" -maxdepth 1 -name 'flume-kafka-*.zip' 2>/dev/null | head -n 1
}

up_to_date() {
  local zip changed
  zip=$(plugin)
  [[ -n $zip && -f $testing/target/classpath && -f $testing/target/classes/io/flafka/testing/security/SecuredBrokerMain.class ]] || return 1
  changed=$(find "$root"/pom.xml "$root"/flume-kafka-*/pom.xml "$root"/flume-kafka-*/src "$testing"/runtimes/*/pom.xml \
    -path '*/src/test' -prune -o -newer "$zip" -print)
  [[ -z $changed ]]
}

build() {
  if up_to_date; then
    step "1. Plugin: nothing has changed since the last build"
    return
  fi
  step "   Building the plugin with Maven"
  touch "$work/build-began"
  (cd "$root" && mvn -B -ntp -q package -pl flume-kafka-dist,flume-kafka-testing -am -Dquick -DskipTests -DskipITs </dev/null) ||
    fail "Maven did not build the plugin. It needs JDK 17 or newer and Maven 3.8.7 or newer."
  # A file that was edited during the build is newer.
  touch -r "$work/build-began" "$(plugin)"
  step "1. Plugin built"
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
  "$java" -cp "$testing/target/classes:$(<"$testing/target/classpath")" io.flafka.testing.FlumeHome "$home" >"$work/home.log" 2>&1 ||
    fail "The Flume home could not be created" "$work/home.log"
  (cd "$home/plugins.d" && "$java_home/bin/jar" xf "$(plugin)")
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

java_home=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p') || true
[[ -x $java_home/bin/javac ]] || fail "No JDK: '$java' is not that of a JDK. Install JDK 17 or newer, or set JAVA_HOME."
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
work=$(mktemp -d "${TMPDIR:-/tmp}/flafka-secured.XXXXXX")
mkfifo "$work/lease"
exec 8<>"$work/lease"
build
start_broker
start_agent
send_lines
check_lines
stop_all
trap - EXIT
step "Every line arrived. Everything is stopped and removed."
