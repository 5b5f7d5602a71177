# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# For the run.sh of an example: builds the plugin, and starts and stops programs. A script sources it, defines stop_programs, and calls prepare first.
# shellcheck disable=SC2154 # $here is the script's.

readonly root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly testing=$root/flume-kafka-testing
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
java_home=
work=
started=

step() {
  printf '%4d s  %s\n' "$SECONDS" "$*"
}

# Reports a failure with the end of a log, and exits.
fail() { # what, log
  echo "FAILED: $1" >&2
  if [[ -s ${2-} ]]; then tail -n 30 "$2" | cut -c 1-500 | sed 's/^/  | /' >&2; fi
  exit 1
}

# Creates the folder $work. At the end of the script, however it ends, stop_programs is called and the folder is removed.
prepare() { # purpose
  java_home=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p') || true
  [[ -x $java_home/bin/javac ]] || fail "No JDK: '$java' is not that of a JDK. Install JDK 17 or newer, or set JAVA_HOME."
  trap stop_all EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  work=$(mktemp -d "${TMPDIR:-/tmp}/flafka-$1.XXXXXX")
  mkfifo "$work/lease"
  exec 8<>"$work/lease"
}

stop_all() {
  trap '' INT TERM HUP
  trap - EXIT
  stop_programs
  exec 8>&-
  # The temporary files of the programs are in this folder.
  wait
  rm -rf "$work"
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
    # A frozen program cannot end.
    kill -CONT "$started"
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

# Creates a Flume home with the plugin.
create_home() { # folder
  "$java" -cp "$testing/target/classes:$(<"$testing/target/classpath")" io.flafka.testing.FlumeHome "$1" >"$work/home.log" 2>&1 ||
    fail "The Flume home could not be created" "$work/home.log"
  (cd "$1/plugins.d" && "$java_home/bin/jar" xf "$(plugin)")
}
