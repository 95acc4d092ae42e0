#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The other tools of ./dev lint find what they are for, in a small tree of their own, and nothing in clean code.
set -eu
root=${GAPMETER_SOURCE_DIR:-$(dirname "$0")/../..}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

begin() {
    rm -rf "$scratch/src" "$scratch/tools" "$scratch/data" "$scratch/tests"
    mkdir -p "$scratch/src/base" "$scratch/src/numeric" "$scratch/tools" "$scratch/data/words"
    cat >"$scratch/src/base/text.h" <<'END'
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>

/* The length of a text. */
size_t text_length(const char *text);

/* Two of a kind. */
size_t text_first(const char *text);
size_t text_last(const char *text);

struct text {
    size_t (*length)(const char *text);
};
END
    cat >"$scratch/src/base/text.c" <<'END'
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

size_t text_length(const char *text)
{
    size_t length = 0;
    /* strcpy(in, comment) and sprintf( are only words here */
    const char *words = "strcpy(quoted) \" atoi(1)";
    while (text[length] != '"' && words != NULL)
        length++;
    return length;
}
END
    printf '{\n  "a.x": "one {n}",\n  "b.y": "two"\n}\n' >"$scratch/data/words/en.json"
}

# expect TOOL WORDS: the tool must fail and say WORDS.
expect() {
    if said=$("$root/tools/$1" "$scratch" 2>&1); then
        echo "$1 did not find: $2"
        failed=1
    elif ! printf '%s\n' "$said" | grep -qF "$2"; then
        printf '%s: expected "%s", got:\n%s\n' "$1" "$2" "$said"
        failed=1
    fi
}

lines() { awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++) print "    x++;" }'; }

begin
for tool in sizes banned doc_blocks words_keys; do
    "$root/tools/$tool" "$scratch" || { echo "$tool found something in clean code"; failed=1; }
done

# "function <= 60 lines (the braces and what is between them)"
begin && { echo 'int long_one(int x)'; echo '{'; lines 59; echo '}'; } >"$scratch/src/base/long.c"
expect sizes 'src/base/long.c:2: function long_one: 61, at most 60'
begin && { echo 'int long_one(int x)'; echo '{'; lines 58; echo '}'; } >"$scratch/src/base/long.c"
"$root/tools/sizes" "$scratch" >/dev/null || { echo "60 lines are allowed"; failed=1; }
# "parameters <= 6"
begin && printf 'int wide_one(int a, int (*b)(int, int), int c,\n             int d, int e, int f, int g)\n{\n}\n' >"$scratch/src/base/wide.c"
expect sizes 'src/base/wide.c:3: parameters wide_one: 7, at most 6'
# "nesting <= 3"
begin && cat >"$scratch/src/base/deep.c" <<'END'
int deep_one(int x)
{
    for (;;) {
        if (x) {
            while (x)
                if (x)
                    x--;
        }
    }
}
END
expect sizes 'src/base/deep.c:6: nesting deep_one: 4, at most 3'
# "source file <= 500 lines, header <= 200"
begin && lines 501 >"$scratch/src/base/tall.c"
expect sizes 'file src/base/tall.c: 501, at most 500'
begin && lines 201 >"$scratch/src/base/tall.h"
expect sizes 'file src/base/tall.h: 201, at most 200'
# "An exception that is no longer needed is reported as well"
begin && { echo 'int long_one(int x)'; echo '{'; lines 70; echo '}'; } >"$scratch/src/base/long.c"
echo 'function long_one 80 a table that reads best whole' >"$scratch/tools/sizes.exceptions"
"$root/tools/sizes" "$scratch" >/dev/null || { echo "an exception with a reason was not honoured"; failed=1; }
rm "$scratch/src/base/long.c"
expect sizes 'function long_one no longer needs its exception'

for call in strcpy strcat sprintf vsprintf gets strtok atoi atof strncpy alloca system popen rand malloc free strerror setlocale; do
    begin && printf '/* s */\nint f(void)\n{\n    return %s(x);\n}\n' "$call" >"$scratch/src/base/bad.c"
    expect banned "src/base/bad.c:4: $call is banned"
done
begin && printf 'int f(void)\n{\n    source->free(x); source.free(x); my_free(x);\n}\n' >"$scratch/src/base/good.c"
"$root/tools/banned" "$scratch" >/dev/null || { echo "banned: a member of that name is not the call"; failed=1; }
begin && printf 'int f(void)\n{\n    g("%%d%%n", x);\n}\n' >"$scratch/src/base/bad.c"
expect banned '%n in a format is banned'
begin && printf 'double f(void)\n{\n    return psignrank(1, 2);\n}\n' >"$scratch/src/numeric/bad.c"
expect banned 'this r-mathlib function is banned'
begin && printf 'typedef struct x x_t;\n' >"$scratch/src/base/bad.h"
expect banned 'typedef of a struct is banned'

# "each function declaration stands directly under a comment, or in an unbroken group that does"
begin && printf '/* About the file. */\n\nint bare(int x);\n' >"$scratch/src/base/bare.h"
expect doc_blocks 'src/base/bare.h:3: bare has no comment above it'
# "src/numeric, src/measure each function definition too, static ones included"
begin && printf 'static double bare(double x)\n{\n    return x;\n}\n' >"$scratch/src/numeric/bare.c"
expect doc_blocks 'src/numeric/bare.c:1: bare has no comment above it'

# "a test that is named is there: by its path, or by its name alone"
begin && mkdir -p "$scratch/tests/base" && : >"$scratch/tests/base/there_test.c"
printf '/* Proved.\n * proof   tests/base/there_test.c, there_test.c: all of it */\nint proved(int x);\n' >"$scratch/src/base/proved.h"
"$root/tools/doc_blocks" "$scratch" >/dev/null || { echo "doc_blocks: a proof that is there was not found"; failed=1; }
printf '/* Proved.\n * proof   tests/base/there_test.c,\n *         tests/there_test.c */\nint proved(int x);\n' >"$scratch/src/base/proved.h"
expect doc_blocks 'src/base/proved.h:3: there is no tests/there_test.c'
printf '/* Proved.\n * proof   gone_test.sh */\nint proved(int x);\n' >"$scratch/src/base/proved.h"
expect doc_blocks 'src/base/proved.h:2: there is no gone_test.sh'

# "hold the keys of en.json: none missing, none more"
begin && printf '{\n  "a.x": "ein {n}"\n}\n' >"$scratch/data/words/de.json"
expect words_keys 'keys that differ from en.json: b.y'
begin && printf '{\n  "a.x": "ein {m}",\n  "b.y": "zwei"\n}\n' >"$scratch/data/words/de.json"
expect words_keys '"a.x" holds {m}; in English it holds {n}'
# "Then it holds exactly the keys that begin so"
begin && printf '{\n  "language.covers": "a",\n  "a.x": "ein {n}"\n}\n' >"$scratch/data/words/de.json"
"$root/tools/words_keys" "$scratch" >/dev/null || { echo "words_keys: a language that covers a part was not honoured"; failed=1; }
begin && printf '{\n  "language.covers": "a b",\n  "a.x": "ein {n}"\n}\n' >"$scratch/data/words/de.json"
expect words_keys 'data/words/de.json: keys that differ from en.json: b.y'
begin && printf '{\n  "language.covers": "b",\n  "a.x": "ein {n}",\n  "b.y": "zwei"\n}\n' >"$scratch/data/words/de.json"
expect words_keys 'data/words/de.json: keys that differ from en.json:  a.x'
begin && printf 'int f(void)\n{\n    return words(l, "a.z");\n}\n' >"$scratch/src/base/bad.c"
expect words_keys 'the key "a.z" is not in data/words/en.json'

# "the licence line stands first", "file names are unique", "named for the thing"
begin && printf 'int x;\n' >"$scratch/src/base/late.c"
expect tree 'src/base/late.c:1: the first line is: SPDX-License-Identifier'
begin && cp "$scratch/src/base/text.c" "$scratch/src/numeric/text.c"
expect tree 'src/base/text.c src/numeric/text.c : file names are unique in the tree'
begin && cp "$scratch/src/base/text.c" "$scratch/src/base/utils.c"
expect tree 'src/base/utils.c:1: a file is named for the thing it holds'
begin && echo 'room base :' >"$scratch/src/LAYERS"
expect tree 'src/base: has no README.md'

# tools/same_numbers: "numbers must agree to 12 digits", "text must be equal"
same() { "$root/tools/same_numbers" "$scratch/old.json" "$scratch/new.json" >/dev/null; }
printf '{\n"made_by": "R 1",\n"p": [1e-300, -0.25, 3]\n}\n' >"$scratch/old.json"
printf '{\n"made_by": "R 2",\n"p": [1e-300, -0.2500000000000001, 3.0]\n}\n' >"$scratch/new.json"
same || { echo "same_numbers: last bits and versions do not count"; failed=1; }
printf '{\n"made_by": "R 2",\n"p": [1.00000000001e-300, -0.25, 3]\n}\n' >"$scratch/new.json"
! same || { echo "same_numbers: the eleventh digit counts"; failed=1; }
printf '{\n"made_by": "R 2",\n"q": [1e-300, -0.25, 3]\n}\n' >"$scratch/new.json"
! same || { echo "same_numbers: text counts"; failed=1; }

# tools/number_differences: "for each key, how many of its numbers differ"; "Exit 1 when text differs, or a number by more than 1e-9"
differ() { "$root/tools/number_differences" "$scratch/old.json" "$scratch/new.json" >"$scratch/said"; }
printf '{\n"item": "q1", "n": 12, "p": 0.25, "low": -1e-5, "blank": null\n}\n' >"$scratch/old.json"
printf '{\n"item": "q1", "n": 12, "p": 0.25000000000001, "low": -1e-5, "blank": null\n}\n' >"$scratch/new.json"
differ || { echo "number_differences: last digits are only told"; failed=1; }
grep -Eq '^ +1  by 4\.0e-14 at most  p$' "$scratch/said" || { cat "$scratch/said"; failed=1; }
for wrong in 's/12/13/' 's/0.25/0.2500001/' 's/q1/q2/' 's/null/1/' 's/"low"/"high"/' 's/}/}\n/'; do
    sed "$wrong" "$scratch/old.json" >"$scratch/new.json"
    ! differ || { echo "number_differences: not noticed: $wrong"; failed=1; }
done

# docs_test.sh: "Every command that README.md and docs/guide show in a console block runs as shown"
shown() { GAPMETER_BINARY=/bin/true sh "$root/tests/cli/docs_test.sh" "$scratch/page.md" >/dev/null; }
fence='```'
printf '%sconsole\n$ cat > a <<END\n> one\n> two\n> END\n$ cat a\no...\ntwo\n$ seq 5\n1\n...\n5\n$ (exit 65)\n[exit 65]\n%s\n' $fence $fence >"$scratch/page.md"
shown || { echo "docs_test: a page that is right was refused"; failed=1; }
for wrong in 'seq 2\n1' 'seq 1\n2' 'false' 'true\n[exit 1]' 'seq 3\n1\n...\n2'; do
    printf "%sconsole\n\$ $wrong\n%s\n" $fence $fence >"$scratch/page.md"
    ! shown || { echo "docs_test: not noticed: $wrong"; failed=1; }
done
exit $failed
