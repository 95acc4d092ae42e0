/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/workbook_reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

enum { ENTRY_BYTES = 46, LOCAL_BYTES = 30, END_BYTES = 22 };

static uint32_t number_at(struct span bytes, size_t at, unsigned width)
{
    uint32_t number = 0;
    assert_true(at + width <= bytes.length);
    for (unsigned i = width; i > 0; i--)
        number = number << 8 | (unsigned char)bytes.at[at + i - 1];
    return number;
}

static const char *part_unpack(struct job *job, struct span bytes, size_t entry)
{
    uint32_t sum = number_at(bytes, entry + 16, 4), packed = number_at(bytes, entry + 20, 4);
    uint32_t length = number_at(bytes, entry + 24, 4), local = number_at(bytes, entry + 42, 4);
    size_t data = local + LOCAL_BYTES + number_at(bytes, local + 26, 2) + number_at(bytes, local + 28, 2);
    char *text = arena_alloc(job->ctx.arena, (size_t)length + 1);
    assert_non_null(text);
    assert_true(data + packed <= bytes.length);
    if (number_at(bytes, entry + 10, 2) == 0) {
        memcpy(text, bytes.at + data, length);
    } else {
        z_stream stream = {
            .next_in = (Bytef *)(uintptr_t)(bytes.at + data), .avail_in = packed, .next_out = (Bytef *)text, .avail_out = length};
        assert_int_equal(inflateInit2(&stream, -MAX_WBITS), Z_OK);
        assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
        (void)inflateEnd(&stream);
    }
    assert_int_equal(crc32(crc32(0, NULL, 0), (const Bytef *)text, length), sum);
    return text;
}

const char *workbook_part(struct job *job, struct span bytes, const char *name)
{
    assert_true(bytes.length > END_BYTES);
    size_t end = bytes.length - END_BYTES; /* we write no comment behind it */
    assert_int_equal(number_at(bytes, end, 4), 0x06054b50);
    uint32_t count = number_at(bytes, end + 10, 2);
    size_t entry = number_at(bytes, end + 16, 4);
    for (uint32_t i = 0; i < count; i++) {
        size_t length = number_at(bytes, entry + 28, 2);
        if (length == strlen(name) && memcmp(bytes.at + entry + ENTRY_BYTES, name, length) == 0)
            return part_unpack(job, bytes, entry);
        entry += ENTRY_BYTES + length + number_at(bytes, entry + 30, 2) + number_at(bytes, entry + 32, 2);
    }
    return NULL;
}

/* Without the five entities of XML. */
static const char *unescaped(struct job *job, const char *from, size_t length)
{
    static const struct {
        const char *entity;
        char letter;
    } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    char *text = arena_copy(job->ctx.arena, (struct span){from, length}), *to = text;
    assert_non_null(text);
    for (const char *at = text; *at;) {
        size_t taken = 1;
        char letter = *at;
        for (size_t i = 0; i < sizeof entities / sizeof *entities && letter == '&'; i++) {
            if (strncmp(at, entities[i].entity, strlen(entities[i].entity)) == 0) {
                letter = entities[i].letter;
                taken = strlen(entities[i].entity);
                break;
            }
        }
        *to++ = letter;
        at += taken;
    }
    *to = '\0';
    return text;
}

/* What stands between two texts, the first of which is looked for from `at` on; NULL when it is not there. */
static const char *between(struct job *job, const char *at, const char *begin, const char *end)
{
    const char *found = at ? strstr(at, begin) : NULL;
    if (!found)
        return NULL;
    found += strlen(begin);
    const char *last = strstr(found, end);
    assert_non_null(last);
    return unescaped(job, found, (size_t)(last - found));
}

/* The place of the n-th begin of an element. */
static const char *nth(const char *text, const char *begin, size_t n)
{
    const char *at = text ? strstr(text, begin) : NULL;
    for (; at && n > 0; n--)
        at = strstr(at + 1, begin);
    return at;
}

size_t workbook_sheet_count(struct job *job, struct span bytes)
{
    const char *book = workbook_part(job, bytes, "xl/workbook.xml");
    size_t count = 0;
    while (nth(book, "<sheet ", count))
        count++;
    return count;
}

const char *workbook_sheet_name(struct job *job, struct span bytes, size_t sheet)
{
    return between(job, nth(workbook_part(job, bytes, "xl/workbook.xml"), "<sheet ", sheet), "name=\"", "\"");
}

const char *workbook_sheet(struct job *job, struct span bytes, const char *name)
{
    size_t count = workbook_sheet_count(job, bytes);
    for (size_t i = 0; i < count; i++) {
        char part[64];
        (void)snprintf(part, sizeof part, "xl/worksheets/sheet%zu.xml", i + 1);
        if (strcmp(workbook_sheet_name(job, bytes, i), name) == 0)
            return workbook_part(job, bytes, part);
    }
    fail_msg("there is no sheet %s", name);
    return NULL;
}

/* The element of a cell up to its end; NULL when the sheet does not have it. */
static const char *cell_find(struct job *job, struct span bytes, const char *sheet, const char *cell)
{
    char begin[32];
    (void)snprintf(begin, sizeof begin, "<c r=\"%s\"", cell);
    const char *at = strstr(workbook_sheet(job, bytes, sheet), begin);
    if (!at)
        return NULL;
    const char *end = strstr(at, "</c>"), *next = strstr(at + 1, "<c ");
    bool empty = !end || (next && next < end);
    const char *whole = empty ? NULL : arena_copy(job->ctx.arena, (struct span){at, (size_t)(end - at)});
    assert_true(!whole || !strstr(whole, "<f>"));
    return whole;
}

const char *workbook_cell(struct job *job, struct span bytes, const char *sheet, const char *cell)
{
    const char *at = cell_find(job, bytes, sheet, cell), *value = between(job, at, "<v>", "</v>");
    if (!value || !strstr(at, "t=\"s\""))
        return value;
    const char *text = nth(workbook_part(job, bytes, "xl/sharedStrings.xml"), "<si>", strtoul(value, NULL, 10));
    assert_non_null(text);
    return between(job, strstr(text, "<t"), ">", "</t>");
}

bool workbook_cell_is_number(struct job *job, struct span bytes, const char *sheet, const char *cell)
{
    const char *at = cell_find(job, bytes, sheet, cell);
    return at && strstr(at, "<v>") && !strstr(at, "t=\"");
}

const char *workbook_cell_format(struct job *job, struct span bytes, const char *sheet, const char *cell)
{
    const char *at = cell_find(job, bytes, sheet, cell), *style = between(job, at, " s=\"", "\"");
    const char *styles = workbook_part(job, bytes, "xl/styles.xml");
    const char *look = nth(strstr(styles, "<cellXfs"), "<xf ", style ? strtoul(style, NULL, 10) : 0);
    const char *id = between(job, look, "numFmtId=\"", "\"");
    char begin[64];
    assert_non_null(id);
    (void)snprintf(begin, sizeof begin, "<numFmt numFmtId=\"%s\" formatCode=\"", id);
    const char *format = between(job, styles, begin, "\"");
    if (format)
        return format;
    return strcmp(id, "0") == 0 ? "General" : strcmp(id, "1") == 0 ? "0" : id;
}
