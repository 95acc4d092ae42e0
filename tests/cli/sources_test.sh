#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Where expectations come from, from the form to the report: what is exported reads back as the store has it, and the floor holds.
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

sed 's/"identity": "named",/"identity": "named", "ask_sources": true,/' "$root/tests/studies/live_counter.json" >counter.json
gapmeter study create counter.json --name counter --db store.db >/dev/null
gapmeter respondent invite counter --count 30 --attribute branch=Oslo -o links.csv --base http://127.0.0.1:8080 --db store.db >/dev/null
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "encounter") at = i
             print "encounter,expectation.q1,expectation.q2,expectation.q3,expectation.q4,sources"; next }
    { n = NR - 2; e = 4 + n % 3; s = n % 5 == 0 ? "" : n % 5 == 1 ? "advertising" : n % 5 == 2 ? "\"staff,price\"" : n % 5 == 3 ? "staff" : "\"friends,advertising\""
      if (n == 7) s = "\"staff,reviews\""
      printf "%s,%d,%d,%d,%d,%s\n", $at, e, e, 5, 6, s }' links.csv >before.csv
awk -F, 'NR == 1 { print "encounter,perception.q1,perception.q2,perception.q3,perception.q4"; next }
    { n = NR - 2; printf "%s,%d,%d,%d,%d\n", $1, 3 + n % 4, 4, 5, 2 + n % 5 }' before.csv >after.csv
gapmeter respondent enter counter before.csv --wave expectation --db store.db >/dev/null
cut -d, -f1 after.csv | tail -n +2 | while read -r encounter; do gapmeter respondent end counter "$encounter" --db store.db >/dev/null; done
gapmeter respondent enter counter after.csv --wave perception --db store.db >/dev/null

# The way out and back: one column of names, read without being named in the study file.
gapmeter study file counter -o file.json --db store.db
gapmeter study responses counter -o responses.csv --db store.db
head -n 1 responses.csv | grep -q ',why,sources$' || { cat responses.csv; fail 'the header of responses.csv'; }
grep -q 'staff;price$' responses.csv || { cat responses.csv; fail 'several sources stand in one cell'; }
! grep -q '"sources": {' file.json || fail 'what the collection implies is not written into the study'
for table in expectation_sources source_gaps; do
    gapmeter analyze responses.csv --study file.json --csv --table $table >of_file
    gapmeter analyze store.db --study counter --csv --table $table >of_store
    cmp of_file of_store || { diff of_file of_store; fail "$table differs between the file and the store"; }
done

# 24 of 30 named something: staff 12, advertising 12, friends 6, price 5, reviews 1. Six named nothing.
gapmeter analyze store.db --study counter --csv --table expectation_sources >shares
grep -q '^staff,24,12,0.5,' shares || { cat shares; fail 'the share of staff'; }
grep -q '^reviews,24,1,' shares || { cat shares; fail 'the share of reviews'; }
gapmeter analyze store.db --study counter --csv --table source_gaps >gaps
grep -q '^staff,gap,24,12,' gaps || { cat gaps; fail 'the gap of those who name staff'; }
grep -q '^reviews,gap,,,,' gaps || { cat gaps; fail 'one person is not shown'; }

# A column for each source, and codes: the same shares.
python3 - <<'END'
import csv, json
names = ["advertising", "staff", "friends", "reviews", "earlier_visits", "other_firms", "price", "appearance"]
study = json.load(open("file.json"))
rows = list(csv.DictReader(open("responses.csv")))
del study["collection"]
study["columns"]["sources"] = "is_{id}"
json.dump(study, open("columns.json", "w"))
study["columns"]["sources"] = {"column": "how", "codes": {n: str(i + 1) for i, n in enumerate(names)}}
json.dump(study, open("codes.json", "w"))
for row in rows:
    named = row["sources"].split(";") if row["sources"] else []
    for i, n in enumerate(names):
        row["is_" + n] = "" if not named else "yes" if n in named else "no"
    row["how"] = " | ".join(str(names.index(n) + 1) for n in named)
with open("wide.csv", "w") as out:
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
END
for study in columns codes; do
    gapmeter analyze wide.csv --study $study.json --csv --table expectation_sources >other
    cmp shares other || { diff shares other; fail "$study.json reads other sources"; }
done

# Page one: how many were invited, and when they answered; nobody invited the people of a file.
gapmeter report store.db --study counter --sections opening -o opening.md
grep -q "Invited by a personal link: 30; of these 30 are among the answers (100 %). The answers are dated $(date -u +%Y)-" opening.md ||
    { cat opening.md; fail 'how many were invited, and when they answered'; }
gapmeter report responses.csv --study file.json --sections opening -o file.md
! grep -Eq 'Invited|dated' file.md || { cat file.md; fail 'a file says nothing of invitations and has no dates here'; }

# The report tells it where it was asked, and that it was not where it was not.
gapmeter report store.db --study counter --sections sources -o report.md
grep -q '^## Where expectations come from' report.md || { cat report.md; fail 'the section'; }
grep -q '“Advertising or the website”, by 50 of 100' report.md || { cat report.md; fail 'the source named most, in words'; }
gapmeter report responses.csv --study "$root/tests/studies/live_counter.json" -o silent.md
grep -q 'It was not asked where expectations come from' silent.md || { cat silent.md; fail 'why there is no section'; }
echo "sources of expectations: exported and read back alike, in a column or in eight; nobody is shown alone"
