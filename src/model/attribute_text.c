/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/attribute_text.h"

#include <string.h>

/* JSON on its way in; `wrong` once something did not fit. */
struct attribute_reading {
    struct span left;
    char *room; /* for decoded text, which is never longer than its JSON */
    bool wrong;
};

/* The next byte, taken; NUL at the end. */
static char byte_take(struct attribute_reading *reading)
{
    if (reading->left.length == 0)
        return '\0';
    char byte = *reading->left.at;
    reading->left = (struct span){reading->left.at + 1, reading->left.length - 1u};
    return byte;
}

/* The next byte that is no white space, left where it is; NUL at the end. */
static char byte_next(struct attribute_reading *reading)
{
    while (reading->left.length > 0 && memchr(" \t\r\n", *reading->left.at, 4) != NULL)
        (void)byte_take(reading);
    return reading->left.length == 0 ? '\0' : *reading->left.at;
}

static void byte_expect(struct attribute_reading *reading, char wanted)
{
    if (byte_next(reading) != wanted)
        reading->wrong = true;
    (void)byte_take(reading);
}

static unsigned unit_read(struct attribute_reading *reading)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    unsigned unit = 0;
    for (unsigned i = 0; i < 4; i++) {
        char byte = byte_take(reading);
        const char *digit = byte == '\0' ? NULL : strchr(digits, byte);
        if (digit == NULL) {
            reading->wrong = true;
            return 0;
        }
        unit = unit << 4 | ((unsigned)(digit - digits) & 15u);
    }
    return unit;
}

static void code_point_put(struct attribute_reading *reading, unsigned point)
{
    static const unsigned most[] = {0x7Fu, 0x7FFu, 0xFFFFu};
    static const unsigned lead[] = {0u, 0xC0u, 0xE0u, 0xF0u};
    unsigned behind = 0;
    while (behind < 3 && point > most[behind])
        behind++;
    *reading->room++ = (char)(lead[behind] | point >> 6u * behind);
    for (unsigned i = behind; i > 0; i--)
        *reading->room++ = (char)(0x80u | (point >> 6u * (i - 1u) & 0x3Fu));
}

static void unit_put(struct attribute_reading *reading)
{
    unsigned unit = unit_read(reading);
    if (unit >= 0xD800u && unit < 0xDC00u) {
        char slash = byte_take(reading), letter = byte_take(reading);
        bool paired = slash == '\\' && letter == 'u';
        unsigned low = paired ? unit_read(reading) : 0;
        reading->wrong = reading->wrong || low < 0xDC00u || low > 0xDFFFu;
        unit = 0x10000u + ((unit - 0xD800u) << 10) + (low - 0xDC00u);
    } else if ((unit >= 0xDC00u && unit < 0xE000u) || unit == 0) {
        reading->wrong = true;
    }
    if (!reading->wrong)
        code_point_put(reading, unit);
}

static void escape_put(struct attribute_reading *reading)
{
    static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    char byte = byte_take(reading);
    if (byte == 'u') {
        unit_put(reading);
        return;
    }
    const char *name = byte == '\0' ? NULL : strchr(names, byte);
    if (name == NULL)
        reading->wrong = true;
    else
        *reading->room++ = meant[name - names];
}

static struct span text_read(struct attribute_reading *reading)
{
    struct span text = {reading->room, 0};
    byte_expect(reading, '"');
    while (!reading->wrong) {
        char byte = byte_take(reading);
        if (byte == '"')
            break;
        if ((unsigned char)byte < 0x20u)
            reading->wrong = true;
        else if (byte == '\\')
            escape_put(reading);
        else
            *reading->room++ = byte;
    }
    text.length = (size_t)(reading->room - text.at);
    return text;
}

static enum status attributes_wrong(struct ctx *ctx)
{
    return ctx_fail(
        ctx, STATUS_DATA, NULL,
        "The attributes of an encounter cannot be read: an object of texts belongs there, such as {\"branch\": \"Oslo\"}.");
}

enum status attributes_each(struct ctx *ctx, struct span json,
                            enum status (*each)(struct ctx *ctx, void *state, struct span name, struct span value), void *state)
{
    struct attribute_reading reading = {.left = span_trim(json), .room = arena_alloc(ctx->arena, json.length + 1u)};
    if (reading.room == NULL)
        return ctx_no_memory(ctx);
    if (reading.left.length == 0)
        return STATUS_OK;
    byte_expect(&reading, '{');
    bool more = byte_next(&reading) != '}';
    while (more && !reading.wrong) {
        struct span name = text_read(&reading);
        byte_expect(&reading, ':');
        struct span value = text_read(&reading);
        enum status status = reading.wrong ? STATUS_OK : each(ctx, state, name, value);
        if (status != STATUS_OK)
            return status;
        more = byte_next(&reading) == ',';
        if (more)
            byte_expect(&reading, ',');
    }
    byte_expect(&reading, '}');
    return reading.wrong || byte_next(&reading) != '\0' || reading.left.length > 0 ? attributes_wrong(ctx) : STATUS_OK;
}
