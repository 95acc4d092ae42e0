#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# "hardened systemd unit": what docs/deploy/gapmeter.service leaves open, as systemd-analyze counts it, is at most 1.5 of 10; the
# command line in it is one that the program takes.
set -eu
root=$(cd "${GAPMETER_SOURCE_DIR:-$(dirname "$0")/../..}" && pwd)
binary=${GAPMETER_BINARY:?must name the gapmeter program}
unit=$root/docs/deploy/gapmeter.service

for option in $(sed -n 's/^ExecStart=//p' "$unit" | tr ' ' '\n' | grep '^--'); do
    "$binary" help serve | grep -q -- "$option " || {
        echo "gapmeter serve knows no $option, which $unit gives it"
        exit 1
    }
done

command -v systemd-analyze >/dev/null 2>&1 || {
    echo "skipped: systemd-analyze is not here, so nobody counts what the unit leaves open"
    exit 0
}
if ! systemd-analyze security --help 2>/dev/null | grep -q -- --offline; then
    echo "skipped: this systemd-analyze cannot judge a unit that is not installed"
    exit 0
fi
if ! systemd-analyze security --no-pager --offline=true --threshold=15 "$unit"; then
    echo "the unit leaves more open than 1.5"
    exit 1
fi
