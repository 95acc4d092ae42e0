#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# "`pdfinfo` says tagged; `pdftotext` finds every number of the JSON" (issue 5), by programs that are not ours: poppler reads what
# the report command wrote.
set -eu
gapmeter() { "${GAPMETER_BINARY:?must name the gapmeter program}" "$@"; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
SOURCE_DATE_EPOCH=1700000000
export SOURCE_DATE_EPOCH
for tool in pdfinfo pdftotext pdffonts qpdf; do
    command -v "$tool" >/dev/null || {
        echo "$tool is missing: ./dev test installs poppler-utils and qpdf"
        exit 1
    }
done
fail() {
    echo "FAILED: $1"
    exit 1
}

gapmeter demo --out demo >/dev/null
report() { gapmeter report demo/answers.csv --study demo/study.json --by hotel -o "$@" 2>said || { cat said; fail "the report $1"; }; }

# The same bytes twice.
report report.pdf
report again.pdf
cmp report.pdf again.pdf || fail "two runs differ"
qpdf --check report.pdf >checked 2>&1 || { cat checked; fail "the file is not well-formed"; }

# So few that every group is hidden: long tables that show no row have no place to lead to.
head -n 4 demo/answers.csv >few.csv
gapmeter report few.csv --study demo/study.json --by hotel -o few.pdf 2>said || { cat said; fail "the report of three answers"; }
qpdf --check few.pdf >checked 2>&1 || { cat checked; fail "the report of three answers is not well-formed"; }
gapmeter report few.csv --study demo/study.json --by hotel -o few.html 2>said || { cat said; fail "the page of three answers"; }
! grep -q 'Show all [1-9][0-9]* rows: Units beside each other' few.html || fail "hidden rows are counted"
! grep -q '<tbody></tbody>' few.html || fail "a table without rows stands on the page"
! grep -q 'Show all 0 rows' few.html || fail "no rows are offered to be shown"

# Whole, tagged, titled; as many pages as the last foot line says.
pdfinfo report.pdf >info 2>complaints
[ ! -s complaints ] || { cat complaints; fail "pdfinfo complains"; }
grep -q '^Tagged: *yes' info || fail "not tagged"
grep -q '^Title: *Harbour Hotels, spring (simulated)' info || fail "no title"
grep -q '^Page size: *595.276 x 841.89 pts (A4)' info || fail "not A4"
grep -q '^CreationDate: *Tue Nov 14 22:13:20 2023' info || fail "not made when SOURCE_DATE_EPOCH says"
pages=$(awk '/^Pages:/ { print $2 }' info)
pdftotext -layout report.pdf report.txt 2>complaints
[ ! -s complaints ] || { cat complaints; fail "pdftotext complains"; }
[ "$(grep -c "[0-9] of $pages\$" report.txt)" -eq "$pages" ] || fail "not every page says which of $pages it is"
echo "$pages pages"

# Every font is embedded and says which letters it holds.
pdffonts report.pdf | tail -n +3 >fonts
[ -s fonts ] || fail "no fonts"
awk '{ if ($(NF - 4) != "yes" || $(NF - 2) != "yes") { print; bad = 1 } } END { exit bad }' fonts || fail "a font is not embedded"
grep -q OpenSans fonts || fail "not set in Open Sans"

# Every number in the cells of the HTML's tables stands in the PDF as well, as it is written there.
cat >numbers.awk <<'END'
NR == FNR { n = split($0, part, /[][ (),;:%=]+/); for (i = 1; i <= n; i++) there[part[i]] = 1; next }
{ all++; if ($1 in there) found++; else if ($2 == "shown") { missed++; print "not in the PDF: " $0 } }
END { printf "%d of %d numbers found\n", found, all; exit missed > 0 || all < 500 }
END
report report.html
tr '\n' ' ' <report.html | sed 's/<td class="number[^>]*>/\n&/g' | sed -n 's/^<td class="number[^>]*>\([^<]*\)<.*/\1/p' | grep '[0-9]' |
    sed 's/&lt;/</g' | tr -d '[] ' | tr ',' '\n' | sort -u | sed 's/$/ shown/' >html.numbers
printf 'in the tables of the HTML: '
awk -f numbers.awk report.txt html.numbers || fail "numbers of the HTML are not in the PDF"

# And those of the JSON, rounded to the digits that it names: of the columns that every report shows all of them, of the others as many
# as have come into the report.
cat >json.awk <<'END'
function show(name, value,    text, digits, least) {
    digits = digit[name]
    least = 10 ^ -digits
    if (unit[name] == "probability" && value < least) return "<" sprintf("%." digits "f", least)
    if (unit[name] == "share") { value *= 100; digits = digits > 2 ? digits - 2 : 0 }
    text = sprintf("%." digits "f", value)
    if (text ~ /^-[0.]*$/) text = substr(text, 2)
    if (name == "gap" && value > 0 && text !~ /^[0.]*$/) text = "+" text
    sub(/^-/, "−", text)
    return text
}
/"measure": / { core = /"(item_gap|dimension_gap|overall_gap)"/; split("", digit); split("", unit) }
/"by": / { everyone = /\[\]/ } # of groups a matrix shows the gaps and their intervals
/^ *\{"name": / { split($0, part, "\""); digit[part[4]] = $0; sub(/.*"digits": /, "", digit[part[4]]); sub(/,.*/, "", digit[part[4]]); unit[part[4]] = part[8]; next }
/^ *\{/ {
    rest = $0
    while (match(rest, /"[a-z0-9_]+": -?[0-9][0-9.e+-]*/)) {
        pair = substr(rest, RSTART + 1, RLENGTH - 1)
        rest = substr(rest, RSTART + RLENGTH)
        name = pair; sub(/".*/, "", name)
        value = pair; sub(/.*: /, "", value)
        shown = core && (name ~ /^(gap|ci_low|ci_high)$/ || (everyone && name ~ /^(mean_expectation|mean_perception|share_short)$/))
        if (name in digit) print show(name, value + 0) (shown ? " shown " name : "")
    }
}
END
report report.json
awk -f json.awk report.json | sort -u >json.numbers
[ "$(grep -c shown json.numbers)" -gt 150 ] || fail "the JSON was not read"
printf 'of the JSON: '
awk -f numbers.awk report.txt json.numbers || fail "numbers of the JSON are not in the PDF"

# Languages: letters of other scripts are shaped and can be found again.
report ar.pdf --language ar
pdffonts ar.pdf | grep -q NotoSansArabic || fail "no Arabic letters"
pdftotext ar.pdf - | grep -q 'الفجوة' || fail "Arabic words are not found"
sed 's/"title": "[^"]*"/"title": "만족도 조사 – 서울"/' demo/study.json >ko.json
gapmeter report demo/answers.csv --study ko.json -o ko.pdf 2>said || { cat said; fail "the Korean report"; }
pdffonts ko.pdf | grep -q NanumGothic || fail "no Korean letters"
pdftotext ko.pdf - | grep -q '만족도 조사 – 서울' || fail "Korean words are not found"
echo "PDF: whole, tagged, fonts embedded, all numbers found"
