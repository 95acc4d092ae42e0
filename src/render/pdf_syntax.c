/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_syntax.h"

#include <math.h>

#define SIZE_MOST 1e9

static const char digits_16[] = "0123456789ABCDEF";

/* Digits of a whole number, at the end of a buffer.
 * gives   where they begin */
static char *count_digits(uint64_t count, char *end)
{
    do {
        *--end = (char)('0' + count % 10);
        count /= 10;
    } while (count);
    return end;
}

void pdf_count_write(struct out *out, uint64_t count)
{
    char room[24], *end = room + sizeof room, *at = count_digits(count, end);
    out_write(out, at, (size_t)(end - at));
}

void pdf_number_write(struct out *out, double value, unsigned places)
{
    static const unsigned powers[] = {1, 10, 100, 1000};
    char room[40], *end = room + sizeof room, *at = end;
    unsigned power = powers[places < 3 ? places : 3];
    value = isfinite(value) ? fmin(fmax(value, -SIZE_MOST), SIZE_MOST) : 0;
    uint64_t units = (uint64_t)(fabs(value) * power + 0.5), whole = units / power, rest = units % power;
    if (rest) {
        for (unsigned scale = power; scale > 1; scale /= 10) {
            if (at != end || rest % 10)
                *--at = (char)('0' + rest % 10);
            rest /= 10;
        }
        *--at = '.';
    }
    if (whole || at == end)
        at = count_digits(whole, at);
    if (value < 0 && units)
        *--at = '-';
    out_write(out, at, (size_t)(end - at));
}

void pdf_reference_write(struct out *out, uint32_t number)
{
    pdf_count_write(out, number);
    out_text(out, " 0 R");
}

static void unit_write(struct out *out, unsigned unit)
{
    const char four[] = {digits_16[unit >> 12 & 15u], digits_16[unit >> 8 & 15u], digits_16[unit >> 4 & 15u],
                         digits_16[unit & 15u]};
    out_write(out, four, sizeof four);
}

void pdf_utf16_write(struct out *out, struct span text)
{
    unsigned code_point = 0;
    while (text.length) {
        size_t taken = text_utf8_decode(text, &code_point);
        code_point = taken ? code_point : 0xFFFD;
        taken = taken ? taken : 1;
        if (code_point > 0xFFFF) {
            unit_write(out, 0xD800u + ((code_point - 0x10000u) >> 10));
            unit_write(out, 0xDC00u + ((code_point - 0x10000u) & 0x3FFu));
        } else {
            unit_write(out, code_point);
        }
        text = (struct span){.at = text.at + taken, .length = text.length - taken};
    }
}

static bool is_ascii(struct span text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] < 0x20 || text.at[i] > 0x7E)
            return false;
    }
    return true;
}

void pdf_text_write(struct out *out, struct span text)
{
    if (!is_ascii(text)) {
        out_text(out, "<FEFF");
        pdf_utf16_write(out, text);
        out_char(out, '>');
        return;
    }
    out_char(out, '(');
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '(' || text.at[i] == ')' || text.at[i] == '\\')
            out_char(out, '\\');
        out_char(out, text.at[i]);
    }
    out_char(out, ')');
}

void pdf_name_write(struct out *out, const char *name)
{
    out_char(out, '/');
    for (; *name; name++) {
        unsigned byte = (unsigned char)*name;
        bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
                     byte == '-' || byte == '+' || byte == '_' || byte == '.';
        const char numbered[] = {'#', digits_16[byte >> 4], digits_16[byte & 15u]};
        if (plain)
            out_char(out, *name);
        else
            out_write(out, numbered, sizeof numbered);
    }
}
