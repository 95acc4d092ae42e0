#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the register of one kind: tools/register.sh KIND HEADER OUTPUT FILE…
# A FILE named x.c that has, at the start of a line, `const struct KIND KIND_x` is an entry; the folder is the list.
# An entry that is not named for its file is an error, so that whoever knows the name finds the file.
# OUTPUT is left alone when it would not change, so nothing is compiled again.
set -eu
LC_ALL=C
export LC_ALL
kind=$1 header=$2 output=$3
shift 3

entries=
for file in "$@"; do
    name=$(basename "$file" .c)
    found=$(sed -n "s/^const struct $kind \(${kind}_[A-Za-z0-9_]*\) *=.*/\1/p" "$file")
    for entry in $found; do
        if [ "$entry" != "${kind}_$name" ]; then
            echo "$file: defines $entry; an entry is named for its file: ${kind}_$name" >&2
            exit 1
        fi
        entries="$entries$entry
"
    done
done
entries=$(printf '%s' "$entries" | sort -u)

{
    printf '/* Made by tools/register.sh from the files of its folder. */\n#include "%s"\n#include <stddef.h>\n\n' "$header"
    for entry in $entries; do
        printf 'extern const struct %s %s;\n' "$kind" "$entry"
    done
    printf '\nextern const struct %s *const %s_register[];\nextern const size_t %s_register_count;\n' "$kind" "$kind" "$kind"
    printf '\nconst struct %s *const %s_register[] = {\n' "$kind" "$kind"
    count=0
    for entry in $entries; do
        printf '    &%s,\n' "$entry"
        count=$((count + 1))
    done
    printf '    NULL,\n};\nconst size_t %s_register_count = %d;\n' "$kind" "$count"
} >"$output.new"

if cmp -s "$output.new" "$output"; then
    rm "$output.new"
else
    mv "$output.new" "$output"
fi
