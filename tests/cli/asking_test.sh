#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Whom chance left out of asking before, and what people wrote: from the forms to the report, and out of the store and back alike.
set -eu
root=$(cd "${GAPMETER_SOURCE_DIR:-$(dirname "$0")/../..}" && pwd)
gapmeter() { "${GAPMETER_BINARY:?must name the gapmeter program}" "$@"; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

fail() {
    echo "FAILED: $1"
    exit 1
}

sed 's/"identity": "named",/"identity": "named", "perception_only_share": 0.5,/' "$root/tests/studies/live_counter.json" >counter.json
gapmeter study create counter.json --name counter --db store.db >/dev/null
gapmeter respondent invite counter --count 60 --attribute branch=Oslo -o links.csv --base http://127.0.0.1:8080 --db store.db >/dev/null
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) { if ($i == "encounter") at = i; if ($i == "arm") arm = i }
             print "encounter,expectation.q1,expectation.q2,expectation.q3,expectation.q4" >"before.csv"
             print "encounter,perception.q1,perception.q2,perception.q3,perception.q4,comment.why" >"after.csv"; next }
    { both = $arm == "both"; n[both]++; k = n[both]
      if (both) printf "%s,6,6,5,6\n", $at >"before.csv"
      printf "%s,%d,%d,%d,%d,%s\n", $at, (both ? 2 : 5) + k % 2, (both ? 3 : 5) + k % 3, (both ? 3 : 5) + k % 2, 4,
          k % 3 == 0 ? "=slow queue at desk" : k % 3 == 1 ? "kind staff write to k" k "@example.org" : "" >"after.csv" }' links.csv
both=$(($(wc -l <before.csv) - 1))
only=$((60 - both))
[ "$both" -gt 10 ] && [ "$only" -gt 10 ] || fail 'chance made arms that this test cannot use'
gapmeter respondent enter counter before.csv --wave expectation --db store.db >/dev/null
cut -d, -f1 after.csv | tail -n +2 | while read -r encounter; do gapmeter respondent end counter "$encounter" --db store.db >/dev/null; done
gapmeter respondent enter counter after.csv --wave perception --db store.db >/dev/null

gapmeter study file counter -o file.json --db store.db
gapmeter study responses counter -o responses.csv --db store.db
head -n 1 responses.csv | grep -q ',why,arm$' || { head -n 1 responses.csv; fail 'the header of responses.csv'; }
[ "$(grep -c ',perception_only$' responses.csv)" -eq "$only" ] || fail 'the arm of each is exported'
for table in asking_effect comment_list comment_terms; do
    gapmeter analyze responses.csv --study file.json --csv --table $table >of_file
    gapmeter analyze store.db --study counter --csv --table $table >of_store
    cmp of_file of_store || { diff of_file of_store; fail "$table differs between the file and the store"; }
done
gapmeter analyze store.db --study counter --csv --table asking_effect >effect
grep -q "^overall,60,$both,.*,$only,.*,lower," effect || { cat effect; fail 'asking lowered the ratings'; }

# What people wrote: of 40 of 60, without addresses, and of fewer than ten nothing.
gapmeter analyze store.db --study counter --csv --table comment_list >words
grep -q '^kind staff write to \[…\],2[0-2],' words || { cat words; fail 'addresses are taken out, and the same is told once'; }
! grep -q 'example.org' words || fail 'an address is shown'
gapmeter report store.db --study counter -o report.md
grep -q '^## Did asking change the answers?' report.md || { cat report.md; fail 'the section about asking'; }
grep -q '^## What people wrote' report.md || { cat report.md; fail 'the section about comments'; }
{ head -n 1 responses.csv; grep 'kind staff' responses.csv | head -n 9; } >few.csv
gapmeter analyze few.csv --study file.json --csv --table comment_list >few
! grep -q 'kind' few || { cat few; fail 'the words of nine people are shown'; }
gapmeter report few.csv --study file.json -o few.md
! grep -q 'kind staff' few.md || fail 'the words of nine people are in the report'
grep -q 'fewer than 10 people wrote' few.md || { cat few.md; fail 'why there are no comments'; }
echo "asked before or not, and what people wrote: told from ten people on, and alike from the store and from its export"
