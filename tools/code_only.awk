# SPDX-License-Identifier: GPL-3.0-or-later
# For the other tools: code_only(line) gives a line of C without its comments and without what stands in quotes.
# Lines of one file must come in order; call code_only_reset() at the first.
function code_only_reset() { inside_comment = 0 }

function code_only(line,    out, at, two, one, end) {
    out = ""
    while (line != "") {
        if (inside_comment) {
            at = index(line, "*/")
            if (at == 0) return out
            line = substr(line, at + 2)
            inside_comment = 0
            continue
        }
        at = match(line, /["'\/]/)
        if (at == 0) return out line
        out = out substr(line, 1, at - 1)
        line = substr(line, at)
        two = substr(line, 1, 2)
        one = substr(line, 1, 1)
        if (two == "//") return out
        if (two == "/*") { inside_comment = 1; line = substr(line, 3); continue }
        if (one == "/") { out = out one; line = substr(line, 2); continue }
        end = 2
        while (end <= length(line) && substr(line, end, 1) != one)
            end += substr(line, end, 1) == "\\" ? 2 : 1
        out = out one one
        line = substr(line, end + 1)
    }
    return out
}
