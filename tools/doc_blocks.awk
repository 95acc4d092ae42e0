# SPDX-License-Identifier: GPL-3.0-or-later
# The reading of tools/doc_blocks.
function judge(name, line) {
    functions++
    if (documented) known[name] = 1
    else if (!(name in known)) { print FILENAME ":" line ": " name " has no comment above it that says what it means"; wrong++ }
}

FNR == 1 { code_only_reset(); documented = 0; inside = 0; pending = "" }
{
    was_comment = inside_comment
    code = code_only($0)
    blank = $0 ~ /^[ \t]*$/
    only_comment = !blank && code ~ /^[ \t]*$/
}
inside { if (code ~ /^\}/) { inside = 0; documented = 0 } next }
pending == "" && blank { documented = 0; next }
only_comment { if (pending == "") documented = 1; next }
pending == "" && code ~ /^[ \t]*#/ { next }
pending == "" && code ~ /^(typedef|extern const|_Static_assert|static_assert|\})/ { if (code !~ /[;}]/) inside = 0; next }
pending == "" && code ~ /^(static )?(const )?(struct|enum|union) [A-Za-z_0-9]* *(\{|$)/ {
    if (code !~ /\}/) inside = code ~ /\{/
    next
}
pending == "" && code ~ /^[A-Za-z_]/ { pending = code; start = FNR }
pending != "" && FNR > start { pending = pending " " code }
pending != "" && (pending ~ /;[ \t]*$/ || pending ~ /\{[ \t]*$/) {
    name = pending
    sub(/__attribute__.*/, "", name)
    is_function = name ~ /^[A-Za-z_][A-Za-z_0-9 *]*[ *][A-Za-z_0-9]+\(/ && name !~ /=/
    if (is_function) {
        sub(/\(.*/, "", name)
        sub(/.*[ *]/, "", name)
        # Forward declarations of static functions are documented where they are defined.
        if (!(pending ~ /^static/ && pending ~ /;[ \t]*$/)) judge(name, start)
    }
    if (pending ~ /\{[ \t]*$/) inside = 1
    pending = ""
}
END {
    printf "doc_blocks: %d functions, %d without words\n", functions, wrong
    exit wrong > 0
}
