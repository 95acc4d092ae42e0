#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# "consent text versioned and stored by hash": the text that each person was shown, in their language, also where the study has none of its
# own; and a tick where the study asks for it, on paper too.
set -eu
gapmeter() { "${GAPMETER_BINARY:?must name the gapmeter program}" "$@"; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
fail() {
    echo "FAILED: $1"
    cat said
    exit 1
}
study() { # MEMBERS OF COLLECTION
    cat <<END
{"gapmeter": 1, "title": "Counter", "design": {"expectation": "will", "asked": "before"}, "scale": {"min": 1, "max": 5},
 "items": [{"id": "q1", "text": "Has what I need."}],
 "columns": {"respondent": "id", "expectation": "e{n}", "perception": "p{n}"}, "collection": {$1}}
END
}
enter() { # STUDY HEADER ROW
    printf '%s\n%s\n' "$2" "$3" >form.csv
    gapmeter respondent enter "$1" form.csv --wave expectation --db study.db >said 2>&1
}
invited() { # STUDY REFERENCE: its encounter
    printf 'reference\n%s\n' "$2" >people.csv
    gapmeter respondent invite "$1" --contacts people.csv -o links.csv --db study.db 2>said
    tail -n 1 links.csv | cut -d, -f1
}

study '"languages": ["de"], "translations": {"de": {"consent": "Wir behalten es ein Jahr."}}, "consent": "We keep it a year.", "consent_required": true' >ticked.json
gapmeter study create ticked.json --name ticked --db study.db >said
visit=$(invited ticked C-1)
enter ticked encounter,expectation.q1 "$visit,4" && fail 'a form without a tick'
grep -q 'Please tick that you agree' said || fail 'why it is not taken'
enter ticked encounter,expectation.q1,consent "$visit,4,no" && fail 'a form that says no'
enter ticked encounter,expectation.q1,consent,language "$visit,4,X,de" || fail 'a form with a tick'
gapmeter respondent export ticked C-1 --db study.db >said
grep -qF '"consent": "Wir behalten es ein Jahr."' said || fail 'the text that was shown'
visit=$(invited ticked C-2)
enter ticked encounter,expectation.q1,consent "$visit,4,yes" || fail 'a form in the language of the study'
gapmeter respondent export ticked C-2 --db study.db >said
grep -qF '"consent": "We keep it a year."' said || fail "the study's own text"
if command -v pdftotext >/dev/null; then
    gapmeter paper ticked --db study.db -o form.pdf >said 2>&1
    pdftotext form.pdf - | grep -q 'I have read this and agree' || fail 'the box on paper'
fi

# Without a text of its own a study shows a general one: that is kept.
study '"identity": "named"' >general.json
gapmeter study create general.json --name general --db study.db >said
visit=$(invited general C-3)
enter general encounter,expectation.q1 "$visit,4" || fail 'no tick is asked for'
gapmeter respondent export general C-3 --db study.db >said
grep -qF '"consent": "Taking part is voluntary' said || fail 'the general text'
echo 'consent: the text that was shown is kept, and a tick where the study wants one'
