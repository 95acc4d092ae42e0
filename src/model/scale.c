/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/scale.h"

#include <assert.h>
#include <stdio.h>

uint32_t scale_code(const struct scale *scale, struct decimal value)
{
    while (value.places > scale->min.places && value.units % 10 == 0) {
        value.units /= 10;
        value.places--;
    }
    /* Every point has at most the places of the scale; what does not fit them is no point. */
    if (value.places > scale->min.places || !decimal_rescale(value, scale->min.places, &value))
        return 0;
    int64_t above = value.units - scale->min.units;
    if (above < 0 || value.units > scale->max.units || above % scale->step.units != 0)
        return 0;
    return (uint32_t)(above / scale->step.units) + 1;
}

static uint32_t code_of_label(const struct scale *scale, struct span text)
{
    for (uint32_t i = 0; i < scale->label_count; i++) {
        if (span_equal_caseless(text, span_trim(span_of(scale->labels[i].text))))
            return scale->labels[i].code;
    }
    return 0;
}

static bool code_has_label(const struct scale *scale, uint32_t code)
{
    for (uint32_t i = 0; i < scale->label_count; i++) {
        if (scale->labels[i].code == code)
            return true;
    }
    return false;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool begins_with_letter(struct span text)
{
    if (text.length == 0)
        return false;
    unsigned char byte = (unsigned char)text.at[0];
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
}

static struct span span_from(struct span text, size_t skipped)
{
    return (struct span){text.at + skipped, text.length - skipped};
}

/* How many bytes at the beginning are a number; a mark belongs to it only when a digit follows. */
static size_t number_length(struct span text, char mark)
{
    size_t at = 0;
    if (at < text.length && (text.at[at] == '+' || text.at[at] == '-'))
        at++;
    while (at < text.length && is_digit(text.at[at]))
        at++;
    if (at + 1 < text.length && text.at[at] == mark && is_digit(text.at[at + 1])) {
        at++;
        while (at < text.length && is_digit(text.at[at]))
            at++;
    }
    return at;
}

/* Bytes of the sign that stands between a number and its label: – — - : = . ) */
static size_t separator_length(struct span text)
{
    static const char *const separators[] = {"\xE2\x80\x93", "\xE2\x80\x94", "-", ":", "=", ".", ")"};
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        struct span separator = span_of(separators[i]);
        if (text.length >= separator.length && span_equal((struct span){text.at, separator.length}, separator))
            return separator.length;
    }
    return 0;
}

/* "5 – Agree": the label must be that of the code. A code without a label takes any words, but only when they cannot be
 * mistaken for more digits (a range "5 - 7", a decimal "2.5" with the other mark) or for the label of another code. */
static uint32_t code_of_number_and_label(const struct scale *scale, struct span text, char mark)
{
    struct decimal number;
    size_t length = number_length(text, mark);
    if (length == text.length || !decimal_parse((struct span){text.at, length}, mark, &number))
        return 0;
    uint32_t code = scale_code(scale, number);
    struct span rest = span_trim(span_from(text, length));
    size_t separator = separator_length(rest);
    struct span after = span_from(rest, separator);
    struct span label = span_trim(after);
    uint32_t labelled = code_of_label(scale, label);
    if (code == 0 || label.length == 0)
        return 0;
    /* Only a separator or white space parts the two: "5Agree" is neither. */
    if (labelled != 0)
        return labelled == code && (separator > 0 || rest.at > text.at + length) ? code : 0;
    bool apart = separator > 0 && label.at > after.at;
    return apart && !code_has_label(scale, code) && begins_with_letter(label) ? code : 0;
}

uint32_t scale_code_of_text(const struct scale *scale, struct span text, char mark)
{
    struct decimal number;
    text = span_trim(text);
    if (text.length == 0)
        return 0;
    if (decimal_parse(text, mark, &number))
        return scale_code(scale, number);
    uint32_t code = code_of_label(scale, text);
    return code != 0 ? code : code_of_number_and_label(scale, text, mark);
}

double scale_value(const struct scale *scale, uint32_t code)
{
    assert(code >= 1 && code <= scale->steps);
    struct decimal value = {scale->min.units + (int64_t)(code - 1) * scale->step.units, scale->min.places};
    return decimal_to_double(value);
}

void scale_format(const struct scale *scale, char *into, size_t size)
{
    char min[24], max[24], step[24];
    decimal_format(scale->min, min, sizeof min);
    decimal_format(scale->max, max, sizeof max);
    decimal_format(scale->step, step, sizeof step);
    bool whole_steps = decimal_compare(scale->step, (struct decimal){1, 0}) == 0;
    int length = snprintf(into, size, whole_steps ? "%s–%s" : "%s–%s in steps of %s", min, max, step);
    assert(length > 0 && (size_t)length < size);
}

bool scale_same(const struct scale *a, const struct scale *b)
{
    return a->steps == b->steps && decimal_compare(a->min, b->min) == 0 && decimal_compare(a->step, b->step) == 0;
}
