#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs tests in a real browser: run.sh NAME is NAME.mjs. ./dev test installs node, chromium and what package-lock.json names.
set -eu
root=$(cd "${GAPMETER_SOURCE_DIR:?}" && pwd)
GAPMETER_BROWSER_MODULES=$root/build/browser
GAPMETER_BROWSER_PICTURES=$root/build/browser/pictures
export GAPMETER_BROWSER_MODULES GAPMETER_BROWSER_PICTURES
for needed in node /usr/bin/chromium; do
    command -v "$needed" >/dev/null || { echo "$needed is missing: ./dev test installs it"; exit 1; }
done
[ -d "$GAPMETER_BROWSER_MODULES/node_modules/playwright-core" ] || { echo "playwright-core is missing: ./dev test installs it"; exit 1; }
exec node "$root/tests/browser/$1.mjs"
