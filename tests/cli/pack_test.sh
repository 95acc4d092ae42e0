#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `gapmeter pack` and --cache: the same bytes come out of a pack as of the file that it was made of; a pack that is stale, damaged or of
# another study is refused in one sentence, or made anew by --cache; and what cannot be written stops nothing.
set -eu
binary=${GAPMETER_BINARY:?must name the gapmeter program}
root=${GAPMETER_SOURCE_DIR:?must name the checkout}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
"$binary" demo --out demo >/dev/null
cp demo/answers.csv demo/study.json .

fail() {
    echo "$1" >&2
    exit 1
}

# refused CODE WORDS ARGUMENT…: the exit code, and the words of the one sentence
refused() {
    code=$1 words=$2
    shift 2
    got=0
    "$binary" "$@" >out 2>said || got=$?
    [ "$got" = "$code" ] || fail "$*: exit $got, not $code: $(cat said)"
    grep -q -- "$words" said || fail "$*: $(cat said)"
    [ "$(wc -l <said)" -eq 1 ] || fail "$*: more than one sentence: $(cat said)"
    [ ! -s out ] || fail "$*: it printed something all the same"
}

# ---- the same numbers from a pack

"$binary" pack answers.csv --study study.json -o answers.pack 2>said
grep -q '^Wrote answers.pack: 180 encounters, [0-9]* bytes each\.$' said || fail "pack: $(cat said)"
for arguments in '--json' '--json --by hotel --table item_gap --table bootstrap --threads 3 --bootstrap 100'; do
    # shellcheck disable=SC2086
    "$binary" analyze answers.csv --study study.json $arguments >plain
    # shellcheck disable=SC2086
    "$binary" analyze answers.pack --study study.json $arguments >packed
    cmp plain packed || fail "analyze $arguments: another result from a pack"
done
"$binary" check answers.csv --study study.json >plain
"$binary" check answers.pack --study study.json >packed
cmp plain packed || fail 'check: another result from a pack'
SOURCE_DATE_EPOCH=0 "$binary" report answers.csv --study study.json --sections 'opening, gaps, method' -o plain.html 2>/dev/null
SOURCE_DATE_EPOCH=0 "$binary" report answers.pack --study study.json --sections 'opening, gaps, method' -o packed.html 2>/dev/null
cmp plain.html packed.html || fail 'report: another page from a pack'
mv answers.pack renamed
"$binary" analyze renamed --study study.json --json >packed
"$binary" analyze answers.csv --study study.json --json | cmp - packed || fail 'a pack by another name is not known by its bytes'
rm renamed

# Notes of reading: rows that are empty, files in another encoding, packed by gzip.
{
    head -n 3 answers.csv
    head -n 1 answers.csv | tr -dc ',\n'
    tail -n +4 answers.csv
} | gzip >spaced.csv.gz
"$binary" pack spaced.csv.gz --study study.json 2>/dev/null
"$binary" check spaced.csv.gz --study study.json >plain
"$binary" check spaced.csv.gz.pack --study study.json >packed
grep -q 'empty row' plain || fail "no note of an empty row: $(cat plain)"
cmp plain packed || fail 'check: a pack forgets notes'

# ---- --cache

rm -f answers.csv.pack
"$binary" analyze answers.csv --study study.json --table overall_gap --json >plain
GAPMETER_COUNTS=1 "$binary" analyze answers.csv --study study.json --table overall_gap --json --cache >first 2>first.said
GAPMETER_COUNTS=1 "$binary" analyze answers.csv --study study.json --table overall_gap --json --cache >second 2>second.said
cmp plain first && cmp plain second || fail '--cache changes the numbers'
[ -s answers.csv.pack ] || fail '--cache made no pack'
rows() { sed -n 's/.*answer_bytes=\([0-9]*\).*/\1/p' "$1"; }
[ "$(rows second.said)" -le "$(wc -c <answers.csv.pack)" ] || fail 'the second time the file of answers was read again'
SOURCE_DATE_EPOCH=0 "$binary" report answers.csv --study study.json --sections 'opening, gaps, method' --cache -o cached.html 2>/dev/null
cmp plain.html cached.html || fail 'report --cache: another page'
"$binary" analyze answers.csv --study study.json --compare answers.csv --json --cache >compared
"$binary" analyze answers.csv --study study.json --compare answers.csv --json | cmp - compared || fail '--compare --cache: another result'

# A change of the study's words leaves it good, a change of a scale does not.
sed 's/"title": "[^"]*"/"title": "Another"/' study.json >titled.json
"$binary" analyze answers.csv.pack --study titled.json --table overall_gap --json >/dev/null || fail 'another title makes a pack unreadable'

# ---- refused in one sentence

cp -p answers.csv kept.csv
printf '\n' >>answers.csv
refused 65 'answers.csv.pack is stale: answers.csv has changed since it was packed; make it anew' analyze answers.csv.pack --study study.json
"$binary" analyze answers.csv --study study.json --table overall_gap --json --cache >again
"$binary" analyze answers.csv --study study.json --table overall_gap --json >plain
cmp plain again || fail '--cache took a stale pack'
"$binary" analyze answers.csv.pack --study study.json --table overall_gap --json | cmp - plain || fail '--cache did not make a stale pack anew'
printf 'X' | dd of=answers.csv.pack bs=1 seek=5000 conv=notrunc 2>/dev/null
refused 65 'The pack answers.csv.pack is damaged' analyze answers.csv.pack --study study.json
"$binary" analyze answers.csv --study study.json --table overall_gap --json --cache | cmp - plain || fail '--cache took a damaged pack'
head -c 6000 answers.csv.pack >short.pack
refused 65 'The pack short.pack is damaged' check short.pack --study study.json
refused 65 'made with a study file that says something else' analyze answers.csv.pack --study "$root/tests/studies/mobi.json"
refused 66 'nowhere.pack was not found' analyze nowhere.pack --study study.json
cp answers.csv text.pack
refused 65 'text.pack is no pack of answers' analyze text.pack --study study.json
refused 2 'can only be read with the study file' guess answers.csv.pack
refused 2 'ends with .pack' pack answers.csv --study study.json -o answers.csv
refused 2 'needs --study' pack answers.csv
refused 2 'is a pack already' pack answers.csv.pack --study study.json
refused 2 'Standard input cannot be packed' pack - --study study.json -o x.pack
refused 2 'no place for a cache' analyze - --study study.json --cache
refused 66 'was not found' pack nowhere.csv --study study.json
[ ! -e nowhere.csv.pack ] || fail 'a pack of nothing'
sed '2,9s/,[1-7],/,88,/2' answers.csv >wrong.csv
got=0
"$binary" pack wrong.csv --study study.json >out 2>said || got=$?
[ "$got" = 65 ] && grep -q '88 is outside the scale' said || fail "wrong answers: exit $got: $(cat said)"
[ ! -e wrong.csv.pack ] || fail 'a pack of wrong answers'

# ---- what cannot be written stops nothing, and says so

mkdir held
cp answers.csv held/answers.csv
mkdir held/answers.csv.pack
"$binary" analyze held/answers.csv --study study.json --table overall_gap --json --cache >cached 2>said || fail "a folder in the way: $(cat said)"
cmp plain cached || fail 'another result without a cache'
grep -q '^No cache was made, so the next analysis reads the answers again\. ' said || fail "no word of it: $(cat said)"
rmdir held/answers.csv.pack
(
    ulimit -f 4
    exec "$binary" analyze held/answers.csv --study study.json --table overall_gap --json --cache 2>said
) | cat >cached
cmp plain cached || fail 'another result when the disk is full'
grep -q '^No cache was made' said || fail "no word of a full disk: $(cat said)"
[ ! -e held/answers.csv.pack ] || fail 'half a pack was left'
[ "$(find held -type f | wc -l)" -eq 1 ] || fail 'something was left behind'
if [ "$(id -u)" -ne 0 ]; then
    chmod 555 held
    "$binary" analyze held/answers.csv --study study.json --table overall_gap --json --cache >cached 2>said || fail "a folder that may not be written: $(cat said)"
    chmod 755 held
    cmp plain cached && grep -q '^No cache was made' said || fail 'a folder that may not be written'
fi

# ---- many at once

for i in 1 2 3 4 5 6; do
    "$binary" analyze answers.csv --study study.json --table overall_gap --json --cache >"at-once.$i" &
    [ "$i" != 3 ] || rm -f answers.csv.pack
done
wait
for i in 1 2 3 4 5 6; do
    cmp plain "at-once.$i" || fail 'another result when several work at once'
done
"$binary" analyze answers.csv.pack --study study.json --table overall_gap --json | cmp - plain || fail 'several at once left a pack that is not whole'
[ -z "$(find . -name '.gapmeter-*')" ] || fail 'something was left behind'
