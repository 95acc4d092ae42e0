# SPDX-License-Identifier: GPL-3.0-or-later
# The counting of tools/sizes; the first file is the list of exceptions.
function complain(file, line, what, name, found, limit,    key) {
    if (found <= limit) return
    key = what " " name
    if (key in excepted) {
        used[key] = 1
        if (found <= excepted[key]) return
        limit = excepted[key]
    }
    print file ":" line ": " what " " name ": " found ", at most " limit
    wrong++
}

function file_ends() {
    if (file != "") complain(file, lines, "file", file, lines, file ~ /\.h$/ ? 200 : 500)
}

# Counts the commas of the outermost parentheses of a signature.
function parameters_of(text,    i, c, depth, commas, inner) {
    sub(/__attribute__.*/, "", text)
    for (i = index(text, "("); i <= length(text); i++) {
        c = substr(text, i, 1)
        if (c == "(") depth++
        else if (c == ")" && --depth == 0) break
        else if (c == "," && depth == 1) commas++
        if (depth >= 1 && i > index(text, "(")) inner = inner c
    }
    return inner ~ /^ *(void)? *$/ ? 0 : commas + 1
}

FILENAME ~ /sizes\.exceptions$/ {
    if ($0 ~ /^#/ || NF == 0) next
    if (NF < 4) { print FILENAME ":" FNR ": expected WHAT NAME LIMIT REASON"; wrong++; next }
    excepted[$1 " " $2] = $3
    next
}

FNR == 1 { file_ends(); file = FILENAME; inside = 0; signature = ""; code_only_reset() }
{ lines = FNR; code = code_only($0) }

!inside && code ~ /^[A-Za-z_].*\(/ { signature = ""; started = 1 }
!inside && started { signature = signature " " code }
!inside && code ~ /[;}] *$/ && code !~ /^\{/ { started = 0; signature = "" }
!inside && code ~ /^\{ *$/ && signature ~ /\(/ {
    inside = 1
    begin = FNR
    name = signature
    sub(/\(.*/, "", name)
    sub(/ *$/, "", name)
    sub(/.*[ *]/, "", name)
    functions++
    count = parameters_of(signature)
    if (count > 6) complain(FILENAME, FNR, "parameters", name, count, 6)
    deepest = 0
    next
}
inside && code ~ /^ *(\} *)?(if|for|while|switch|do|else|[a-z_]+_foreach)( |\(|$)/ {
    match(code, /^ */)
    depth = RLENGTH / 4
    if (depth > deepest) { deepest = depth; deepest_line = FNR }
}
inside && code ~ /^\}/ {
    if (FNR - begin + 1 > 60) complain(FILENAME, begin, "function", name, FNR - begin + 1, 60)
    if (deepest > 3) complain(FILENAME, deepest_line, "nesting", name, deepest, 3)
    inside = 0
    started = 0
    signature = ""
}

END {
    file_ends()
    for (key in excepted) if (!(key in used)) { print "tools/sizes.exceptions: " key " no longer needs its exception"; wrong++ }
    printf "sizes: %d functions, %d over their budget\n", functions, wrong
    exit wrong > 0
}
