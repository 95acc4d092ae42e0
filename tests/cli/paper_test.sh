#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `gapmeter paper`: every question of a form stands on paper, in the order and with the numbers of its page; and what is refused.
set -eu
binary=${GAPMETER_BINARY:?must name the gapmeter program}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

fail() {
    echo "$1" >&2
    exit 1
}

# refused CODE WORDS ARGUMENT…: the exit code, the words of the one sentence, and no file
refused() {
    code=$1 words=$2 got=0
    shift 2
    rm -f out.pdf
    "$binary" paper "$@" 2>said || got=$?
    [ "$got" = "$code" ] || fail "paper $*: exit $got, not $code: $(cat said)"
    grep -qF -- "$words" said || fail "paper $*: $(cat said)"
    [ ! -e out.pdf ] || fail "paper $*: a file was written all the same"
}

cat >study.json <<'END'
{"gapmeter": 1, "title": "Pharmacy counter", "design": {"expectation": "will", "asked": "before"},
 "scale": {"min": 1, "max": 9, "step": 1, "labels": {"1": "Poor", "9": "Splendid"}},
 "dimensions": [{"id": "care", "title": "Care"}],
 "items": [{"id": "q1", "dimension": "care", "text": "Medicines are ready when promised"},
           {"id": "q2", "dimension": "care", "text": "Staff take time to listen"}],
 "columns": {"respondent": "id", "expectation": "e{n}", "perception": "p{n}", "minimum": "m{n}",
   "outcomes": {"satisfaction": {"column": "sat", "min": 0, "max": 100}, "spend": {"column": "eur", "kind": "real", "decimals": 2}},
   "segments": ["sex"], "comments": ["why"]},
 "collection": {"identity": "named", "contact": "care@example.org", "ask_noticed": true, "ask_sources": true,
   "segments": {"sex": {"text": "You are", "options": ["woman", "man"]}}, "outcomes": {"spend": "How much did you spend?"}}}
END

# says FILE TEXT…: the texts stand in the file, in this order
says() {
    pdftotext -raw "$1" text
    tr -s '\n ' '  ' <text >flat
    shift
    rest=$(cat flat)
    for wanted in "$@"; do
        case $rest in
        *"$wanted"*) rest=${rest#*"$wanted"} ;;
        *) fail "not in its place on paper: $wanted in $(cat flat)" ;;
        esac
    done
}

link=https://ask.example.org/open/counter
"$binary" paper study.json --link "$link" -o after.pdf 2>/dev/null
says after.pdf 'Pharmacy counter' 'After your visit' 'There are 7 questions' "$link" 'Number, the same on both forms' \
    '1. What did you notice' 'This is how it was' 'Poor' 'Splendid' 'Does not apply' '2. Medicines are ready when promised' \
    '1 2 3 4 5 6 7 8 9' '3. Staff take time to listen' '4. All in all, how satisfied are you?' '(0–100)' '5. How much did you spend?' \
    '6. Is there anything else' '7. You are' 'woman' 'man' 'What is kept, and why' 'care@example.org'
"$binary" paper study.json --wave expectation -o before.pdf 2>/dev/null
says before.pdf 'Before your visit' 'There are 3 questions' '1. Where do your expectations come from?' 'The price' \
    '2. Medicines are ready when promised' 'At a visit like this, I expect' 'The lowest level I would accept' '3. Staff take time'
grep -qF 'https' text && fail 'a link stands there that nobody gave'
pdfinfo before.pdf | grep -q 'Tagged: *yes' || fail 'the form is not tagged'
pdffonts before.pdf | tail -n +3 | grep -vq ' yes ' && fail 'a font is not embedded'
SOURCE_DATE_EPOCH=1796126400 "$binary" paper study.json -o one.pdf 2>/dev/null
SOURCE_DATE_EPOCH=1796126400 "$binary" paper study.json -o two.pdf 2>/dev/null
cmp one.pdf two.pdf || fail 'the same form has other bytes the second time'

# Of a live study, as it stands in its store; where nobody may be known there is no number to fill in.
"$binary" study create study.json --name counter --db study.db >/dev/null
"$binary" paper counter --db study.db --link "$link" -o live.pdf 2>/dev/null
says live.pdf '7. You are' 'man'
cp text live.txt
says after.pdf 'Pharmacy counter'
cmp text live.txt || fail 'the form of a live study says something else than that of its file'
sed 's/"named"/"anonymous"/' study.json >anonymous.json
"$binary" paper anonymous.json -o anonymous.pdf 2>/dev/null
pdftotext anonymous.pdf - | grep -q 'Number, the same' && fail 'an anonymous form asks for a number'

# A study that is begun has its forms beside it.
"$binary" new gap-22 -o hotel.json >said
grep -q 'Wrote hotel-expectation.pdf, the form to print' said || fail "$(cat said)"
says hotel-perception.pdf 'After your visit' 'There are 22 questions' '22. show concern when something troubles me'

refused 2 'Where to?' study.json
refused 2 '"later" is no form; there are: expectation, during, perception.' study.json --wave later -o out.pdf
refused 2 'The study has no form of the kind "during"' study.json --wave during -o out.pdf
refused 2 'The study does not speak "xx"; it speaks: en.' study.json --language xx -o out.pdf
refused 66 'There is no study "hotel"' hotel --db study.db -o out.pdf
refused 66 'nothing.json' nothing.json -o out.pdf
refused 2 'QR code' study.json --link "https://$(printf '%02400d' 0)" -o out.pdf
