# SPDX-License-Identifier: GPL-3.0-or-later
# The looking of tools/banned; the first file is the list of calls.
function complain(what, instead) { print FILENAME ":" FNR ": " what " is banned; instead: " instead; wrong++ }

function excused(files,    part, count, i) {
    count = split(files, part, ",")
    for (i = 1; i <= count; i++)
        if (index(FILENAME, part[i]) == 1) return 1
    return 0
}

FILENAME ~ /banned\.list$/ {
    if ($0 ~ /^#/ || NF == 0) next
    may[$1] = $2
    text = $0
    sub(/^[^ ]+ +[^ ]+ +/, "", text)
    use[$1] = text
    next
}

FNR == 1 { code_only_reset(); files++ }
{
    if (FILENAME ~ /^src\// && $0 ~ /"[^"]*%[0-9]*n[^"]*"/ && $0 !~ /%%n/) complain("%n in a format", "count what was written")
    code = code_only($0)
    if (FILENAME ~ /^src\// && code ~ /^ *typedef struct/) complain("typedef of a struct", "struct name")
    if (FILENAME ~ /^src\// && code ~ /(^|[^A-Za-z0-9_])[dpqr](signrank|wilcox)\(|[^A-Za-z0-9_][pq]nt\(/)
        complain("this r-mathlib function", "our exact signed rank and non-central t")
    rest = code
    while (match(rest, /[A-Za-z_][A-Za-z0-9_]* *\(/)) {
        before = RSTART > 1 ? substr(rest, RSTART - 1, 1) : ""
        before_two = RSTART > 2 ? substr(rest, RSTART - 2, 2) : ""
        call = substr(rest, RSTART, RLENGTH - 1)
        sub(/ *$/, "", call)
        # A member of a struct may bear such a name: source->free(…)
        if (call in may && before != "." && before_two != "->" && !excused(may[call])) complain(call, use[call])
        rest = substr(rest, RSTART + RLENGTH)
    }
}
END {
    printf "banned: %d files, %d banned uses\n", files, wrong
    exit wrong > 0
}
