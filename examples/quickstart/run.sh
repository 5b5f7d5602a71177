#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs the plugin's three components with one command. See README.md in this folder, or run this script with --help.
set -euo pipefail

readonly LINES_SENT=100
readonly CHANNEL_TOPIC=quickstart-channel
readonly SINK_TOPIC=quickstart-lines

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
runtimes=$root/flume-kafka-testing/runtimes
testing_classes=$root/flume-kafka-testing/target/classes
kept_logs=$here/target/logs
keep=
rebuild=
maven_arguments=()
work=

usage() {
  cat <<'TEXT'
Usage: run.sh [--keep] [--rebuild] [-- <argument for Maven>...]

Builds the plugin, starts a Kafka broker and a Flume agent on this machine, sends 100 lines through both, shows each hop, and
stops everything. The exit code is 0 only if every line arrives, in order. Needs JDK 17 or newer, Maven 3.8.7 or newer and bash. The first
build downloads the artifacts that Maven does not have yet.

  --keep      Leave broker and agent running, and print how to use and how to stop them.
  --rebuild   Build the plugin even if nothing has changed since the last build.
  --help      Show this help.

Example: run.sh --keep -- -Dmaven.repo.local=/path/to/repository
TEXT
}

# ---- Output

# Prints the time in microseconds. Before bash 5 it has only full seconds.
now() {
  local time=${EPOCHREALTIME:-$SECONDS.000000}
  echo "${time//[.,]/}"
}

seconds_since() {
  local tenths=$((($(now) - $1) / 100000))
  echo "$((tenths / 10)).$((tenths % 10)) s"
}

say() {
  if [[ -t 1 ]]; then printf '\r\033[K'; fi
  printf '%s\n' "$*"
}

# Reports a completed step.
step() {
  say "$(printf '%8s  %s' "$(seconds_since "$start")" "$*")"
}

# Shows on a terminal what the script waits for. The next line of output replaces it.
waiting() {
  if [[ -t 1 ]]; then printf '\r\033[K%8s  %s' "$(seconds_since "$start")" "$1 ..."; fi
}

# Reports a failure and exits. Shows the end of a log if one is given.
fail() {
  say "FAILED: $1" >&2
  if [[ -n ${2-} && -s $2 ]]; then
    echo "The end of $(basename "$2"):" >&2
    # Most lines of Maven's log are downloads.
    { grep -v -E '^\[INFO\] Download(ing|ed) from ' "$2" || true; } | tail -n 30 | sed 's/^/  | /' >&2
  fi
  if [[ -n $work ]]; then
    rm -rf "$kept_logs" && mkdir -p "$kept_logs"
    cp "$work"/*.log "$kept_logs" 2>/dev/null && echo "All logs are in $kept_logs" >&2
  fi
  exit 1
}

# ---- Background programs

# Starts a program with a lease, which is file descriptor <fd>. The program gets SIGTERM as soon as no process holds the descriptor:
# when this script (with --keep: its last part) closes it or ends in any way, even by SIGKILL. The exit code is then in <name>.ended.
start_leased() { # fd, name, command...
  local fd=$1 name=$2
  shift 2
  local lease=$work/$name.lease log=$work/$name.log
  mkfifo "$lease"
  : >"$log"
  eval "exec $fd<>\"\$lease\""
  (
    # Only the script may hold leases.
    exec 5>&- 6>&- 7>&- 8>&- 9>&-
    # Only the script reacts to a closed terminal.
    trap '' HUP
    "$@" <"$lease" >>"$log" 2>&1 &
    program=$!
    # A reader of the script's output must not wait for the processes below. They also expect kill to fail, so its errors are hidden.
    exec </dev/null >/dev/null 2>&1
    # A signal to the process group reaches the program too; this process still waits for the program.
    trap : TERM
    (
      read -r _ <"$lease" || true
      kill "$program"
      for ((i = 0; i < 300; i++)); do
        kill -0 "$program" || exit 0
        sleep 0.1
      done
      kill -KILL "$program"
    ) &
    watch=$!
    while
      code=0
      wait "$program" || code=$?
      kill -0 "$program"
    do :; done
    kill -KILL "$watch" || true
    echo "$code" >"$work/$name.ended"
  ) &
}

# Releases a lease and waits until the program has ended. After 30 seconds the program is killed.
stop_leased() { # fd, name
  eval "exec $1>&-"
  if [[ -p $work/$2.lease ]]; then await 40 has_ended "$2" || true; fi
}

has_ended() { # name
  [[ -s $work/$1.ended ]]
}

# Waits until a program ends by itself, and fails unless it succeeds.
await_success() { # name, what it does, seconds
  waiting "$2"
  await "$3" has_ended "$1" || fail "Timeout after $3 seconds: $2" "$work/$1.log"
  (($(<"$work/$1.ended") == 0)) || fail "Failed: $2" "$work/$1.log"
}

# Polls until a command succeeds. Fails after a timeout.
await() { # seconds, command...
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.1
  done
}

# Waits until a background program has done something, which a command checks.
await_from() { # name of the program, what it does, seconds, command...
  local name=$1 what=$2 seconds=$3
  shift 3
  waiting "$what"
  succeeded_or_ended() { "$@" || has_ended "$name"; }
  await "$seconds" succeeded_or_ended "$@" || fail "Timeout after $seconds seconds: $what" "$work/$name.log"
  "$@" || fail "The $name stopped too early. Expected: $what" "$work/$name.log"
}

# The agent stops first, because it needs the broker for a clean stop.
stop_all() {
  stop_leased 9 agent
  stop_leased 7 tool-1
  stop_leased 6 tool-2
  stop_leased 8 broker
  stop_leased 5 maven
  rm -rf "$work"
}

on_exit() {
  trap '' INT TERM HUP
  waiting "stopping"
  stop_all
  if [[ -t 1 ]]; then printf '\r\033[K'; fi
}

on_signal() { # exit code
  say "Interrupted; stopping what was started."
  exit "$1"
}

# ---- 1. The plugin

version() { # The first version in the root pom is the product's own.
  sed -n '/<version>/ { s:.*<version>\(.*\)</version>.*:\1:p; q; }' "$root/pom.xml"
}

class_path() { # runtime
  cat "$runtimes/$1/target/classpath"
}

# Prints why the plugin must be built. Prints nothing if it is up to date.
reason_to_build() {
  local runtime jar changed
  [[ -z $rebuild ]] || { echo "--rebuild" && return; }
  [[ -f $zip && -f $testing_classes/io/flafka/testing/BrokerMain.class ]] || { echo "not built yet" && return; }
  for runtime in kafka-4.4.0 flume-1.11.0; do
    [[ -f $runtimes/$runtime/target/classpath ]] || { echo "not built yet" && return; }
    while read -r -d : jar; do
      [[ -f $jar ]] || { echo "$jar is missing" && return; }
    done <<<"$(class_path "$runtime"):"
  done
  changed=$(find "$root/pom.xml" "$root/LICENSE" "$root/.mvn" "$runtimes"/pom.xml "$runtimes"/*/pom.xml \
    "$root"/flume-kafka-*/pom.xml "$root"/flume-kafka-*/src -path '*/src/test' -prune -o -newer "$zip" -print)
  changed=${changed%%$'\n'*}
  [[ -z $changed ]] || echo "${changed#"$root"/} has changed"
}

check_tools() {
  local versions
  command -v mvn >/dev/null || fail "Maven is not installed: mvn is not on the PATH. The build needs version 3.8.7 or newer."
  # Ask Maven, because it may use another Java than the one on the PATH.
  versions=$(cd "$root" && mvn -B -Dstyle.color=never -version 2>&1) || fail "mvn -version failed: $versions"
  [[ $versions =~ Java\ version:\ ([^,]*) ]] || fail "mvn -version does not show the Java version: $versions"
  ((${BASH_REMATCH[1]%%.*} >= 17)) ||
    fail "Maven uses Java ${BASH_REMATCH[1]}; the build needs JDK 17 or newer. Set JAVA_HOME to one."
  [[ -x $java_home/bin/javac ]] || fail "$java_home is a Java runtime without a compiler. The build needs a JDK."
}

maven() {
  cd "$root"
  # Skips the checks of the sources and everything that only tests need: that does not change the zip, but needs many downloads.
  exec mvn -B -Dstyle.color=never package -pl flume-kafka-dist,flume-kafka-testing -am -Dmaven.test.skip -Dspotless.check.skip \
    -Dcheckstyle.skip -Dspotbugs.skip -Drat.skip -Dclass-path-for-tests.phase=none ${maven_arguments[@]+"${maven_arguments[@]}"}
}

# "module 7 of 12, Flafka :: Common; files downloaded: 214"
maven_progress() {
  local module downloads
  module=$(sed -n 's/^\[INFO\] Building \(.*[^ ]\) [^ ][^ ]* *\[\(.*\)\/\(.*\)\]$/module \2 of \3, \1/p' "$work/maven.log" | tail -n 1)
  downloads=$(grep -c '^\[INFO\] Downloaded from ' "$work/maven.log") || true
  echo "   ${module:-Maven starts}; files downloaded: $downloads"
}

build() {
  local begin line reported=0
  begin=$(now)
  touch "$work/build-began"
  start_leased 5 maven maven
  until has_ended maven; do
    line=$(maven_progress)
    waiting "$line"
    if [[ ! -t 1 ]] && ((SECONDS >= reported + 15)); then
      step "$line"
      reported=$SECONDS
    fi
    sleep 0.5
  done
  await_success maven "Maven builds the plugin" 1
  [[ -f $zip ]] || fail "Maven did not create ${zip#"$root"/}" "$work/maven.log"
  # Date the zip to the start of the build, so that a file edited during the build is newer.
  touch -r "$work/build-began" "$zip"
  step "1. Plugin built in $(seconds_since "$begin"): ${zip#"$root"/}"
}

provide_plugin() {
  local reason
  zip=$root/flume-kafka-dist/target/flume-kafka-$(version).zip
  reason=$(reason_to_build)
  if [[ -z $reason ]]; then
    step "1. Plugin: no changes since ${zip#"$root"/} was built (--rebuild builds it again)"
  else
    check_tools
    step "   Building the plugin with Maven ($reason)"
    build
  fi
}

# ---- 2. Kafka

# Runs a Java program with the broker's class path.
kafka() { # argument for java...
  exec "$java" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dlog4j2.configurationFile=broker-log4j2.properties \
    -cp "$testing_classes:$(class_path kafka-4.4.0)" "$@"
}

# Runs one of Kafka's tools for both topics at the same time. Its output is in the files <topic>.out.
for_both_topics() { # what it does, argument for java...
  local what=$1
  shift
  rm -f "$work"/tool-?.*
  for_topic() { kafka "${@:2}" --bootstrap-server "$brokers" --topic "$1" >"$work/$1.out"; }
  start_leased 7 tool-1 for_topic "$CHANNEL_TOPIC" "$@"
  start_leased 6 tool-2 for_topic "$SINK_TOPIC" "$@"
  await_success tool-1 "$what" 90
  await_success tool-2 "$what" 90
}

start_broker() {
  start_leased 8 broker kafka io.flafka.testing.BrokerMain "$work/broker"
  await_from broker "the Kafka broker starts" 90 grep -q '^READY ' "$work/broker.log"
  brokers=$(sed -n 's/^READY //p' "$work/broker.log")
  for_both_topics "the topics are created" org.apache.kafka.tools.TopicCommand --create --partitions 1
  step "2. Kafka 4.4.0 broker on $brokers, with the topics $CHANNEL_TOPIC and $SINK_TOPIC"
}

# ---- 3. Flume

create_home() {
  home=$work/flume
  # The program finds the checkout from its working directory.
  (cd "$root" && "$java" -cp "$testing_classes" io.flafka.testing.FlumeHome "$home") >"$work/home.log" 2>&1 ||
    fail "The Flume home could not be created" "$work/home.log"
  (cd "$home/plugins.d" && "$java_home/bin/jar" xf "$zip") >>"$work/home.log" 2>&1 ||
    fail "The plugin could not be unzipped" "$work/home.log"
  step "3. Flume 1.11.0 home; $(basename "$zip") unzipped into its plugins.d"
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

start_agent() {
  port=$(free_port)
  output=$work/output
  mkdir "$output"
  export QUICKSTART_BROKERS=$brokers QUICKSTART_PORT=$port QUICKSTART_OUTPUT=$output
  start_leased 9 agent "$home/bin/flume-ng" agent -n quickstart -c "$home/conf" -f "$here/agent.properties" -Xmx256m
  # If a component is wrong, Flume only logs that and continues without it.
  await_from agent "the agent starts" 90 grep -q -e 'Created serverSocket' -e ' ERROR ' "$work/agent.log"
  grep -q 'Created serverSocket' "$work/agent.log" || fail "The agent logged an error" "$work/agent.log"
  step "4. flume-ng agent runs agent.properties; its netcat source listens on 127.0.0.1:$port"
}

# ---- 4. Lines

# Prints short lines of equal length, because the channel's records contain the lengths; see bodies.
lines() {
  local i
  for ((i = 1; i <= LINES_SENT; i++)); do printf 'line %03d of %d\n' "$i" "$LINES_SENT"; done
}

send_lines() {
  local line answer begin
  begin=$(now)
  waiting "the lines are sent"
  lines >"$work/sent"
  exec 3<>"/dev/tcp/127.0.0.1/$port" || fail "No process listens on port $port" "$work/agent.log"
  while read -r line; do
    printf '%s\n' "$line" >&3
    read -r -t 60 answer <&3 || fail "No answer to '$line'" "$work/agent.log"
    [[ $answer == OK ]] || fail "The answer to '$line' is '$answer'" "$work/agent.log"
  done <"$work/sent"
  exec 3>&-
  step "5. $LINES_SENT lines sent, each answered with OK, in $(seconds_since "$begin")"
}

file_is_complete() {
  cat "$output"/* >"$work/file" 2>/dev/null || true
  (($(wc -l <"$work/file") >= LINES_SENT))
}

# Extracts the bodies from the channel's records, which are Flume events in Avro. Here an event has no headers and a body of less than
# 32 bytes. So only two of its bytes do not belong to the body: the number of headers and the length, both control characters.
bodies() {
  LC_ALL=C tr -d '\000-\011\013-\037'
}

# Shows the lines at one hop. Fails if they differ from the sent ones.
show_hop() { # name, file, log
  local sent received count
  count=$(wc -l <"$2")
  say "$(printf '            %-36s %5d   %s ... %s' "$1" "$count" "$(head -n 1 "$2")" "$(tail -n 1 "$2")")"
  while IFS= read -r sent <&3; do
    IFS= read -r received <&4 || received="nothing"
    [[ $sent == "$received" ]] || fail "$1: expected '$sent', but got '$received'" "$3"
  done 3<"$work/sent" 4<"$2"
  ((count == LINES_SENT)) || fail "$1: expected $LINES_SENT lines, but got $count" "$3"
}

follow_lines() {
  local begin
  begin=$(now)
  await_from agent "all lines are in the file" 90 file_is_complete
  step "6. All lines in the file after $(seconds_since "$begin"). Each hop, with the topics as Kafka's console consumer reads them:"
  for_both_topics "the topics are read" org.apache.kafka.tools.consumer.ConsoleConsumer --from-beginning --timeout-ms 30000 \
    --max-messages "$LINES_SENT"
  bodies <"$work/$CHANNEL_TOPIC.out" >"$work/channel"
  show_hop "sent to the netcat source" "$work/sent" ""
  show_hop "Kafka channel's topic (Avro events)" "$work/channel" "$work/tool-1.log"
  show_hop "Kafka sink's topic" "$work/$SINK_TOPIC.out" "$work/tool-2.log"
  show_hop "file after the Kafka source" "$work/file" "$work/agent.log"
}

# ---- 5. The end

# Hands the leases over to another process, which outlives the script.
leave_running() {
  (
    exec </dev/null >/dev/null 2>&1
    trap '' HUP
    trap 'exit 0' TERM
    trap stop_all EXIT
    until has_ended agent || has_ended broker; do sleep 0.5; done
  ) &
  local keeper=$!
  trap - EXIT
  cat <<TEXT

Broker and agent keep running.
  send a line    exec 3<>/dev/tcp/127.0.0.1/$port; echo hello >&3; head -n 1 <&3; exec 3>&-     (or with nc 127.0.0.1 $port)
  see it arrive  tail -F $output/*     (up to 5 s late after a pause: Flume lets a sink without events rest)
  agent's log    $home/logs/flume.log
  Kafka          $brokers, log $work/broker.log
  stop both      kill $keeper     (also removes $work)
TEXT
}

main() {
  local all
  start=$(now)
  say "Flafka quickstart: netcat -> Kafka channel -> Kafka sink -> topic -> Kafka source -> file, in one Flume agent"
  command -v java >/dev/null || [[ -n ${JAVA_HOME-} ]] || fail "Java is not installed: java is not on the PATH. The build needs JDK 17 or newer."
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  all=$("$java" -XshowSettings:properties -version 2>&1) || fail "$java does not run: $all"
  java_home=$(sed -n 's/^ *java\.home = //p' <<<"$all")
  java_version=$(sed -n 's/^ *java\.specification\.version = //p' <<<"$all")
  ((${java_version%%.*} >= 17)) || fail "$java is Java $java_version; JDK 17 or newer is needed. Set JAVA_HOME to one."

  trap on_exit EXIT
  trap 'on_signal 130' INT
  trap 'on_signal 143' TERM HUP
  work=$(mktemp -d "${TMPDIR:-/tmp}/flafka-quickstart.XXXXXX")
  provide_plugin
  start_broker
  create_home
  start_agent
  send_lines
  follow_lines
  if [[ -n $keep ]]; then
    step "Every line arrived, in order."
    leave_running
  else
    waiting "stopping"
    stop_all
    step "Every line arrived, in order. Everything is stopped and removed."
  fi
}

while (($# > 0)); do
  case $1 in
    --keep) keep=yes ;;
    --rebuild) rebuild=yes ;;
    -h | --help)
      usage
      exit 0
      ;;
    --)
      shift
      maven_arguments=("$@")
      break
      ;;
    *)
      usage >&2
      fail "unknown argument '$1'"
      ;;
  esac
  shift
done
main
