#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Gets Debian's Prometheus for the tests and the picture of this example, without installing it: into examples/target/prometheus. Needs Debian or Ubuntu.
# Prints the path of the program. If one is on the PATH, that is it.
set -euo pipefail

readonly here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly unpacked=$here/../target/prometheus

if command -v prometheus; then exit; fi
if [[ ! -x $unpacked/usr/bin/prometheus ]]; then
  command -v apt-get >/dev/null || {
    echo "No Prometheus on the PATH, and no apt-get to get it with." >&2
    exit 1
  }
  # A new machine has no list of packages yet.
  if ! apt-cache show prometheus >/dev/null 2>&1; then apt-get -q update >&2; fi
  download=$(mktemp -d "${TMPDIR:-/tmp}/flafka-prometheus.XXXXXX")
  trap 'rm -rf "$download"' EXIT
  # apt-get gives up root rights for a download, unless it may not write here without them.
  (cd "$download" && apt-get -q -o APT::Sandbox::User=root -o Acquire::Retries=3 download prometheus >&2)
  mkdir -p "$unpacked"
  dpkg-deb --extract "$download"/prometheus_*.deb "$unpacked"
fi
(cd "$unpacked/usr/bin" && echo "$PWD/prometheus")
