/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/markdown_text.h"

#include <string.h>

#include "base/direction_marks.h"

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Part of a word: a letter, a digit, or any byte of a letter beyond ASCII. */
static bool is_word(char byte)
{
    return is_digit(byte) || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (unsigned char)byte >= 0x80;
}

static bool ends_word(const struct span text, size_t at)
{
    return at >= text.length || is_space(text.at[at]);
}

/* "12. " and "12) " begin a list when only digits stand before. */
static bool numbers_list(struct span text, size_t at)
{
    size_t digits = 0;
    while (digits < at && is_digit(text.at[digits]))
        digits++;
    return digits == at && at > 0 && ends_word(text, at + 1);
}

/* "- ", "+ ", "---", and "[x] " of a list of tasks, at the beginning. */
static bool begins_block(struct span text, char sign)
{
    if (sign == '[')
        return text.length >= 3 && text.at[2] == ']' && strchr(" xX", text.at[1]) && ends_word(text, 3);
    return ends_word(text, 1) || text.at[1] == sign;
}

/* Would the sign at this place be read as more than itself? */
static bool needs_escape(struct span text, size_t at)
{
    char sign = text.at[at], before = at ? text.at[at - 1] : ' ';
    char after = ' ';
    if (at + 1 < text.length)
        after = text.at[at + 1];
    switch (sign) {
    case '\\':
    case '`':
    case '*':
    case '~':
    case '<':
    case '|':
    case '$':
        return true;
    case '_':
        return !is_word(before) || !is_word(after);
    case '&':
        return is_word(after) || after == '#';
    case '#':
        return !is_word(before);
    case ']':
        return strchr("([:]", after) != NULL;
    case '>':
    case '=':
        return at == 0;
    case '-':
    case '+':
    case '[':
        return at == 0 && begins_block(text, sign);
    case '.':
    case ')':
        return numbers_list(text, at);
    default:
        return false;
    }
}

/* Writes one character.
 * gives   how many bytes it took */
static size_t character_write(struct out *out, struct direction_marks *marks, struct span text, size_t at)
{
    unsigned code_point = 0;
    struct span rest = {.at = text.at + at, .length = text.length - at};
    size_t length = text_utf8_decode(rest, &code_point);
    if (!length || code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0)) {
        out_text(out, "\xef\xbf\xbd");
        return length ? length : 1;
    }
    if (!direction_mark_stands(marks, code_point))
        return length;
    if (length == 1 && needs_escape(text, at))
        out_char(out, '\\');
    out_span(out, (struct span){.at = rest.at, .length = length});
    return length;
}

void markdown_text_write(struct out *out, const char *text)
{
    struct span trimmed = span_trim(span_of(text));
    struct direction_marks marks = {.open = 0};
    size_t at = 0;
    while (at < trimmed.length) {
        if (!is_space(trimmed.at[at])) {
            at += character_write(out, &marks, trimmed, at);
            continue;
        }
        while (at < trimmed.length && is_space(trimmed.at[at]))
            at++;
        out_char(out, ' ');
    }
    direction_marks_end(&marks, out);
}
