#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What `gapmeter report` takes beside the answers: --sections, --order, --chart, --language, --title and --logo; and what it refuses in one sentence.
set -eu
binary=${GAPMETER_BINARY:?must name the gapmeter program}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
"$binary" demo --out demo >/dev/null

fail() {
    echo "$1" >&2
    exit 1
}

report() {
    "$binary" report demo/answers.csv --study demo/study.json "$@" 2>said
}

# refused CODE WORDS ARGUMENT…: the exit code, the words of the one sentence, and no file
refused() {
    code=$1 words=$2
    shift 2
    rm -f out.html
    got=0
    report -o out.html "$@" || got=$?
    [ "$got" = "$code" ] || fail "$*: exit $got, not $code: $(cat said)"
    grep -q -- "$words" said || fail "$*: $(cat said)"
    [ "$(wc -l <said)" -eq 1 ] || fail "$*: more than one sentence: $(cat said)"
    [ ! -e out.html ] || fail "$*: a file was written all the same"
}

# One pixel as a PNG.
printf 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==' | base64 -d >logo.png

report -o plain.html --sections 'opening, gaps, method'
report -o full.html --sections 'opening, gaps' --language en --title 'Spring <1>' --logo logo.png
grep -q '<h1>Spring &lt;1&gt;</h1>' full.html || fail 'the title is another one'
refused 2 "The report's title is empty; 1 to 4096 bytes of letters" --title ''
refused 2 'holds a control character (byte 2, code 27)' --title "$(printf 'a\033[2J')"
refused 2 'is not UTF-8 (byte 3)' --title "$(printf 'ab\377')"
grep -q '<html lang="en"' full.html || fail 'the language is another one'
grep -qF "src=\"data:image/png;base64,$(base64 -w0 logo.png)\" alt=\"Logo\"" full.html || fail 'the logo does not stand in the page'
[ "$(wc -c <full.html)" -lt "$(wc -c <plain.html)" ] || fail '--sections leaves nothing out'
! grep -q '<img' plain.html || fail 'a picture that nobody gave'
report -o plain.json --sections opening
report -o logo.json --sections opening --logo logo.png
cmp plain.json logo.json || fail 'a logo changes the numbers'

# "--bootstrap 50: a whole number from 100 …": the help says the same.
refused 2 'a whole number from 100 to' --bootstrap 99
"$binary" help report | grep -qF 'resample N times (100 or more, 2000 advised)' || fail 'the help names another least of --bootstrap'

report -o ordered.html --sections gaps --order dimension
grep -q '>Tangibles</text>' ordered.html || fail 'the dimensions have no headings in the chart'
report -o by_gap.html --sections gaps --order gap
! grep -q '>Tangibles</text>' by_gap.html || fail 'headings of dimensions where nobody asked for them'

report -o gaps.svg --chart gap_lollipop --language de
grep -q '^<svg xmlns="http://www.w3.org/2000/svg" xml:lang="de"' gaps.svg || fail 'the drawing has no beginning'
grep -q '<title id="t1">[^<]*von 22 Items[^<]*</title><desc id="d1">22 ' gaps.svg || fail 'the drawing says not what it shows'
! grep -qE 'class=|style=|var\(' gaps.svg || fail 'the drawing needs a stylesheet'
report -o gaps.png --chart gap_lollipop
[ "$(head -c 8 gaps.png | od -An -tx1 | tr -d ' ')" = 89504e470d0a1a0a ] || fail 'the picture is no PNG'
report -o again.png --chart gap_lollipop
cmp gaps.png again.png || fail 'the same chart has other bytes'
report -o gaps.json --chart gap_lollipop
report -o driver.svg --chart driver_bars:1
! cmp -s gaps.svg driver.svg || fail 'another chart is the same drawing'
refused 2 '"pie" is no chart; there are: answer_distribution, ' --chart pie
refused 2 'This report has no chart journey_line; it has: .*gap_lollipop' --chart journey_line
refused 2 'This report has 1 of the chart gap_lollipop, so there is no gap_lollipop:2' --chart gap_lollipop:2
refused 2 'which one it is: gap_lollipop:1' --chart gap_lollipop:x
got=0
report -o all.svg || got=$?
[ "$got" = 2 ] && grep -q 'say which one it is to be: .*gap_lollipop' said && [ ! -e all.svg ] || fail "all.svg: $(cat said)"

refused 2 'there are: ' --language xx
refused 2 '"size" is no order of items; "gap" and "dimension" are' --order size
refused 2 '"gap" is not a section; there are: ' --sections gap
refused 66 'logo cannot be opened' --logo nowhere.png
refused 65 'no PNG' --logo demo/answers.csv
head -c 40 logo.png >cut.png
refused 65 'cut off' --logo cut.png
got=0
report -o report.docx || got=$?
[ "$got" = 2 ] && grep -q '\.html, ' said || fail "report.docx: $(cat said)"
echo 'report: sections, chart, language, title and logo are as they were asked for'
