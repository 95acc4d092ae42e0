#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The tools of the build, tools/register.sh and tools/embed.c, make what they say and refuse what is wrong.
set -eu
root=$(cd "${GAPMETER_SOURCE_DIR:-$(dirname "$0")/../..}" && pwd)
embed=${GAPMETER_EMBED:?must name the embed tool of this build}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
failed=0
wrong() {
    echo "$1"
    failed=1
}
register() { sh "$root/tools/register.sh" measure model/measure.h register.c "$@"; }

# "A FILE named x.c that has, at the start of a line, `const struct KIND KIND_x` is an entry", "sorted by name"
echo 'const struct measure measure_zone = {0};' >zone.c
printf '\nconst struct measure measure_gap={0};\n' >gap.c
printf '    const struct measure measure_shared = *other;\nconst struct other other_shared = {0};\n' >shared.c
register zone.c gap.c shared.c
[ "$(grep '^    ' register.c | tr -d '\n')" = '    &measure_gap,    &measure_zone,    NULL,' ] || wrong "the entries should be gap and zone"
grep -q 'measure_register_count = 2;' register.c || wrong "there are two entries"
# "OUTPUT is left alone when it would not change"
touch -d 2001-01-01 register.c
register zone.c gap.c shared.c
[ "$(date -r register.c +%Y)" = 2001 ] || wrong "register.c was written again"
register
grep -q 'measure_register_count = 0;' register.c || wrong "no file, no entry"
# "An entry that is not named for its file is an error"
echo 'const struct measure measure_other = {0};' >named.c
! said=$(register named.c 2>&1) || wrong "a misnamed entry was taken"
[ "$said" = 'named.c: defines measure_other; an entry is named for its file: measure_named' ] || wrong "said: $said"

# "its name is its folder and file name"; the bytes are those of the file
mkdir instruments assets
printf 'a\0"\\\377' >instruments/odd.json
: >assets/empty.css
"$embed" files out.c instruments/odd.json assets/empty.css
grep -q '^97,0,34,92,255,$' out.c || wrong "the bytes differ"
[ "$(grep -o '{"[^"]*"' out.c | tr -d '\n')" = '{"assets/empty.css"{"instruments/odd.json"' ] || wrong "names, sorted"
# "a flat object key -> text, becomes a table sorted by key"
printf '{"b": "two \\"?1\\u00e9", "a": "one"}' >en.json
"$embed" words out.c en.json
grep -qF '{"a", "one"},' out.c || wrong "a is one"
grep -qF '{"b", "two \042\0771\303\251"},' out.c || wrong "quotes, question marks and letters beyond ASCII are escaped"
grep -qF '{"en", words_0, 2},' out.c || wrong "en has two words"
# "Anything wrong is one sentence on stderr and exit 1."
for text in '{"a": "x", "a": "y"}' '{"a": 1}' '[]' '{}' '{' '{"a": "x\u0000y"}'; do
    printf '%s' "$text" >de.json
    ! said=$("$embed" words out.c en.json de.json 2>&1) || wrong "taken: $text"
    [ "$(printf '%s\n' "$said" | wc -l)" -eq 1 ] || wrong "more than one sentence: $said"
done
! "$embed" files out.c nowhere.json 2>said || wrong "a file that is not there was taken"
grep -qx 'embed: cannot read nowhere.json' said || wrong "said: $(cat said)"
exit $failed
