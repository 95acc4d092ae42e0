#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every command that README.md and docs/guide show in a ```console block runs as shown: tests/cli/docs_test.sh [FILE…]
#
#   $ command        runs in a scratch folder that all blocks of one file share; `> ` goes on with the command
#   output           stdout and stderr, compared where lines are shown: `...` stands for any text within a line, and on a line of
#                    its own for any lines
#   [exit 65]        the exit code, where it is not 0
set -eu
root=$(cd "${GAPMETER_SOURCE_DIR:-$(dirname "$0")/../..}" && pwd)
binary=${GAPMETER_BINARY:?must name the gapmeter program}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin"
ln -s "$binary" "$scratch/bin/gapmeter"
PATH=$scratch/bin:$PATH
export PATH
ran=0
failed=0

# Splits a file into N.line, N.command and N.shown, a triple for each command.
split_blocks() {
    awk -v folder="$2" '
        /^```console *$/ { inside = 1; next }
        /^```/ { inside = 0; mode = ""; next }
        !inside { next }
        /^\$ / { n++; name = sprintf("%s/%04d", folder, n); print FNR >(name ".line"); print substr($0, 3) >(name ".command"); mode = "command"; printf "" >(name ".shown"); next }
        mode == "command" && /^> / { print substr($0, 3) >(name ".command"); next }
        n { mode = "shown"; print >(name ".shown") }' "$1"
}

# Does what was said ($2) fit what was shown ($1)?
fits() {
    awk '
        function like(line, pattern,    part, n, i, at) {
            n = split(pattern, part, /\.\.\./)
            if (substr(line, 1, length(part[1])) != part[1]) return 0
            line = substr(line, length(part[1]) + 1)
            if (n == 1) return line == ""
            for (i = 2; i < n; i++) {
                at = index(line, part[i])
                if (at == 0) return 0
                line = substr(line, at + length(part[i]))
            }
            return length(line) >= length(part[n]) && substr(line, length(line) - length(part[n]) + 1) == part[n]
        }
        FILENAME == ARGV[1] { shown[++shown_count] = $0; next }
        { said[++said_count] = $0 }
        END {
            at = 1
            any = 0
            for (i = 1; i <= shown_count; i++) {
                if (shown[i] == "...") { any = 1; continue }
                if (any) while (at <= said_count && !like(said[at], shown[i])) at++
                if (at > said_count || !like(said[at], shown[i])) { print "no line fits: " shown[i]; exit 1 }
                at++
                any = 0
            }
            if (!any && at <= said_count) { print "not shown: " said[at]; exit 1 }
        }' "$1" "$2"
}

run_command() { # FILE STEM
    wanted=$(sed -n 's/^\[exit \([0-9]*\)\]$/\1/p' "$2.shown")
    sed -i '/^\[exit [0-9]*\]$/d' "$2.shown"
    got=0
    (cd "$place" && sh -eu "$2.command") >"$2.said" 2>&1 </dev/null || got=$?
    ran=$((ran + 1))
    why=
    [ "$got" -eq "${wanted:-0}" ] || why="exit code $got, expected ${wanted:-0}"
    if [ -z "$why" ] && [ -s "$2.shown" ]; then
        why=$(fits "$2.shown" "$2.said") || :
    fi
    if [ -n "$why" ]; then
        printf '%s:%s: %s\n  $ %s\n' "$1" "$(cat "$2.line")" "$why" "$(cat "$2.command")"
        echo "  what was said:"
        head -n 40 "$2.said" | sed 's/^/  | /'
        failed=$((failed + 1))
    fi
}

[ $# -gt 0 ] || set -- "$root"/README.md "$root"/docs/guide/*.md
for file in "$@"; do
    [ -e "$file" ] || continue
    # Two files may bear one name: a README stands in several folders.
    name=$(printf '%s' "${file#"$root"/}" | sed 's|\.md$||; s|/|-|g')
    place=$scratch/$name
    mkdir -p "$place" "$scratch/steps-$name"
    split_blocks "$file" "$scratch/steps-$name"
    for line in "$scratch/steps-$name"/*.line; do
        [ -e "$line" ] || continue
        run_command "$file" "${line%.line}"
    done
done
echo "docs: $ran commands ran, $failed not as shown"
[ "$failed" -eq 0 ] && [ "$ran" -gt 0 ]
