#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Draws the dashboard with the last minutes of a Prometheus, in headless Chromium: draw.sh <Prometheus' address> <minutes> <file.png>
# Needs npm, and chromium on the PATH. The page and what it needs from npm are built in examples/target/picture.
set -euo pipefail

readonly prometheus=$1 minutes=$2 picture=$3
readonly here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly built=$here/../../target/picture

command -v chromium >/dev/null || {
  echo "chromium is not on the PATH: apt-get install chromium" >&2
  exit 1
}
mkdir -p "$built"
cp "$here"/package.json "$here"/page.jsx "$built"
cd "$built"
npm install --no-audit --no-fund --silent
npx esbuild page.jsx --bundle --format=esm --outfile=page.js --loader:.svg=dataurl --loader:.png=dataurl --log-level=error \
  --define:process.env.NODE_ENV='"production"' --define:global=window
to=$(date +%s)
cat >page.html <<HTML
<!doctype html>
<html><head><meta charset="utf-8"><link rel="stylesheet" href="page.css"><style>* { box-sizing: border-box }</style></head>
<body><div id="dashboard"></div>
<script>window.input = {prometheus: "$prometheus", from: $((to - minutes * 60)), to: $to, step: 5, dashboard: $(<"$here/../dashboard.json")}</script>
<script type="module" src="page.js"></script></body></html>
HTML
# Without these two options, a page from a file may load neither its script nor the data of a server.
chromium --headless --no-sandbox --disable-gpu --disable-web-security --allow-file-access-from-files --hide-scrollbars \
  --user-data-dir="$built/chromium" --window-size=1500,1500 --virtual-time-budget=20000 --screenshot="$picture" "file://$PWD/page.html" 2>chromium.log ||
  { tail -n 5 chromium.log >&2 && exit 1; }
