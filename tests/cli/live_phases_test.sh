#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# "late, recalled and unpaired answers classified, never mixed" (R1), and none of them lost on the way out: what analyses leave out has
# tables of its own under the headers of the study file, which can be analysed like any other.
set -eu
gapmeter() { "${GAPMETER_BINARY:?must name the gapmeter program}" "$@"; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

fail() {
    echo "FAILED: $1"
    exit 1
}
# same FILE TEXT: the file, with pseudonyms as P
same() {
    sed 's/^p[0-9a-f]\{16\},/P,/' "$1" >got
    printf '%s\n' "$2" >wanted
    cmp -s got wanted || { diff wanted got || :; fail "$1"; }
}

cat >study.json <<'END'
{"gapmeter": 1, "title": "Counter", "design": {"expectation": "will", "asked": "before"}, "scale": {"min": 1, "max": 5},
 "items": [{"id": "q1", "text": "Has what I need."}, {"id": "q2", "text": "Takes time."}],
 "columns": {"respondent": "id", "encounter": "visit", "expectation": "e{n}", "perception": "p{n}", "segments": ["branch"]},
 "missing": {"": "skipped", "NA": "declared", "-": "not_asked"},
 "collection": {"identity": "named", "during_items": ["q2"]}}
END
gapmeter study create study.json --name counter --db study.db >said
gapmeter respondent invite counter --count 4 --attribute branch=Oslo -o links.csv --base http://x --db study.db 2>said
at() { sed -n "$(($1 + 1))p" links.csv | cut -d, -f1; }
enter() { # WAVE HEADER ROW
    printf 'encounter,%s\n%s\n' "$2" "$3" >form.csv
    gapmeter respondent enter counter form.csv --wave "$1" --db study.db >said || { cat said; fail "enter $1 $3"; }
}
expected() { enter expectation expectation.q1,expectation.q2 "$(at "$1"),$2"; }
got() { enter perception perception.q1,perception.q2 "$(at "$1"),$2"; }

# The first: before, during, after. The second: when the visit had begun. The third: after having told how it was. The fourth: during alone.
expected 1 5,4
enter during perception.q2 "$(at 1),1"
gapmeter respondent end counter "$(at 1)" --db study.db >said
got 1 3,2
gapmeter respondent begin counter "$(at 2)" --db study.db >said
expected 2 4,na
gapmeter respondent end counter "$(at 2)" --db study.db >said
got 2 2,5
gapmeter respondent end counter "$(at 3)" --db study.db >said
got 3 1,2
expected 3 3,3
enter during perception.q2 "$(at 4),2"

gapmeter study responses counter -o responses.csv --db study.db 2>said
same responses.csv 'id,visit,branch,e1,e2,p1,p2
P,1,Oslo,5,4,3,2
P,2,Oslo,,,2,5
P,3,Oslo,,,1,2'
for phase in '1 form answered late is' '1 form answered recalled is' '2 forms answered during are' '--phase during'; do
    grep -qF -- "$phase" said || { cat said; fail "nobody is told of: $phase"; }
done

# Each answer that analyses leave out, beside what else its encounter answered.
for phase in before late recalled during; do
    gapmeter study responses counter --phase $phase -o $phase.csv --db study.db 2>said
    [ ! -s said ] || { cat said; fail "$phase tells of others"; }
done
same before.csv 'id,visit,branch,e1,e2,p1,p2,phase
P,1,Oslo,5,4,3,2,before'
same late.csv 'id,visit,branch,e1,e2,p1,p2,phase
P,2,Oslo,4,NA,2,5,late'
same recalled.csv 'id,visit,branch,e1,e2,p1,p2,phase
P,3,Oslo,3,3,1,2,recalled'
same during.csv 'id,visit,branch,e1,e2,p1,p2,phase
P,1,Oslo,5,4,-,1,during
P,4,Oslo,,,-,2,during'
grep -q "$(sed -n 3p responses.csv | cut -d, -f1)" late.csv || fail 'the same person has another pseudonym'

# They can be analysed, with the same study file.
gap() { gapmeter analyze "$1" --study study.json --table item_gap --csv --min-cell 1 | awk -F, -v item="$2" '
    NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i } $column["item"] == item { print $column["n"], $column["gap"] }'; }
[ "$(gap late.csv q1)" = '1 -2' ] || fail "late: $(gap late.csv q1)"
[ "$(gap recalled.csv q1)" = '1 -2' ] || fail "recalled: $(gap recalled.csv q1)"
[ "$(gap recalled.csv q2)" = '1 -1' ] || fail "recalled: $(gap recalled.csv q2)"
[ "$(gap during.csv q2)" = '1 -3' ] || fail "during: $(gap during.csv q2)"
gapmeter analyze responses.csv --study study.json --csv --table item_gap --min-cell 1 >of_file
gapmeter analyze study.db --csv --table item_gap --min-cell 1 >of_store
cmp of_file of_store || fail 'the file and the store are analysed differently'

gapmeter study responses counter --phase later --db study.db >said 2>&1 && fail 'a phase that there is not'
grep -q '"later" is no phase: before, late, recalled and during are accepted' said || { cat said; fail 'the phases there are'; }
# Who was invited before the scale changed answers on the old one: that stands in no table, and it is said.
gapmeter study create study.json --name early --db study.db >/dev/null
gapmeter respondent invite early --count 1 -o links.csv --base http://127.0.0.1:8080 --db study.db >/dev/null
sed 's/"max": 5/"max": 4/' study.json >new.json
! cmp -s study.json new.json || fail 'the study has no scale to 5'
gapmeter study update early new.json --db study.db >said 2>&1 || { cat said; fail 'another scale before the first answer'; }
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "encounter") at = i; print "encounter,expectation.q1"; next } { print $at ",5" }' links.csv >early.csv
gapmeter respondent enter early early.csv --wave expectation --db study.db >/dev/null
gapmeter study responses early -o responses.csv --db study.db 2>said
[ "$(wc -l <responses.csv)" -eq 1 ] || { cat responses.csv; fail 'an answer on another scale is written'; }
grep -qF "1 encounter was asked on scales that differ from today's and is in no table" said || { cat said; fail 'nobody is told of other scales'; }
echo 'late, recalled and during answers: written out by phase, and analysed'
