# SPDX-License-Identifier: GPL-3.0-or-later
# The places of tools/mutants: tab-separated file, line, column, length and what to put there.
# Strings keep their quotes and lose their inside in code_only, so columns are looked up again in the line itself.
function place(text, replacement,    at, from) {
    from = 1
    while ((at = index(substr(code, from), text)) > 0) {
        from += at
        # Only where code and line agree up to here: no string or comment stands before.
        if (substr($0, 1, from - 2 + length(text)) == substr(code, 1, from - 2 + length(text)))
            printf "%s\t%d\t%d\t%d\t%s\n", FILENAME, FNR, from - 1, length(text), replacement
    }
}

FNR == 1 { code_only_reset(); inside = 0 }
{ code = code_only($0) }
/^\{/ { inside = 1; next }
/^\}/ { inside = 0 }
!inside || code ~ /assert\(|^ *#|ctx_fail|ctx_no_memory/ { next }
{
    place(" + ", " - "); place(" - ", " + "); place(" * ", " + "); place(" / ", " * ")
    place(" += ", " -= "); place(" -= ", " += ")
    place(" < ", " <= "); place(" <= ", " < "); place(" > ", " >= "); place(" >= ", " > ")
    place(" == ", " != "); place(" != ", " == "); place(" && ", " || "); place(" || ", " && ")
    place("return true;", "return false;"); place("return false;", "return true;")
    place(" 0.5", " 0.25"); place(" 1)", " 2)"); place(" 1;", " 2;"); place(" 2)", " 3)"); place(" 2;", " 1;")
}
