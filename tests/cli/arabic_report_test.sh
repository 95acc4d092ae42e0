#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A report in Arabic of a study in Arabic: the page runs from right to left, and on paper as on the page a figure keeps its sign
# before it and an interval its order, whatever Arabic stands before them.
set -eu
binary=${GAPMETER_BINARY:?must name the gapmeter program}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

fail() {
    echo "$1" >&2
    exit 1
}

command -v pdftotext >/dev/null || fail 'pdftotext is missing: ./dev test installs poppler-utils'
cat >study.json <<'JSON'
{"gapmeter": 1, "title": "فنادق الميناء", "design": {"expectation": "will", "asked": "before"},
 "columns": {"respondent": "id", "expectation": "e{n}", "perception": "p{n}"},
 "scales": {"five": {"min": 1, "max": 5, "step": 1}},
 "items": [{"id": "q1", "scale": "five", "text": "مدة الانتظار (5 دقائق)"}, {"id": "q2", "scale": "five", "text": "النظافة"}]}
JSON
awk 'BEGIN { print "id,e1,e2,p1,p2"; for (i = 1; i <= 60; i++) print i ",5,4," 3 + i % 2 "," 3 + i % 3 }' >answers.csv
"$binary" report answers.csv --study study.json --language ar -o report.pdf 2>/dev/null
"$binary" report answers.csv --study study.json --language ar -o report.html 2>/dev/null
grep -q '<html lang="ar" dir="rtl"' report.html || fail 'the page does not run from right to left'

# The first sentence says the gap, the mean of −2 and −1, and its interval, which may be written with a space that breaks no line.
pdftotext -f 1 -l 1 report.pdf - >said
grep -q -- '−1\.50' said || fail "the sign does not stand before its figure: $(cat said)"
grep -qE -- '−1\.65,.{1,2}−1\.35' said || fail "the interval has lost its order: $(cat said)"
echo 'report: Arabic runs from right to left, and its figures from left to right'
