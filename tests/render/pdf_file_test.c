/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "render/pdf_syntax.h"
#include "support/job_fixture.h"
#include "support/pdf_reading.h"

enum { OBJECTS = 450, STREAM = 200, ENTRY = 7 };

/* The number that stands behind a word, such as "/First 12". */
static size_t number_behind(struct span bytes, const char *word)
{
    const char *at = memmem(bytes.at, bytes.length, word, strlen(word));
    assert_non_null(at);
    return strtoul(at + strlen(word), NULL, 10);
}

/* The stream of the object at a place, unpacked; its head in *head. */
static struct span stream_at(struct job *job, struct span pdf, size_t at, struct span *head)
{
    enum { ROOM = 1 << 20 };
    unsigned char *room = arena_alloc(job->ctx.arena, ROOM), *packed = NULL;
    uLongf plain = ROOM;
    const char *begun = memmem(pdf.at + at, pdf.length - at, "\nstream\n", 8);
    assert_true(room && begun);
    *head = (struct span){.at = pdf.at + at, .length = (size_t)(begun - pdf.at) - at};
    size_t length = number_behind(*head, "/Length ");
    packed = arena_alloc(job->ctx.arena, length);
    assert_non_null(packed);
    memcpy(packed, begun + 8, length);
    assert_int_equal(memcmp(begun + 8 + length, "\nendstream\nendobj\n", 18), 0);
    assert_int_equal(uncompress(room, &plain, packed, (uLong)length), Z_OK);
    return (struct span){.at = (const char *)room, .length = plain};
}

static size_t bytes_number(const unsigned char *bytes, size_t count)
{
    size_t number = 0;
    while (count--)
        number = number * 256 + *bytes++;
    return number;
}

/* What the table says of an object, followed to the object. */
static void assert_object(struct job *job, struct span pdf, struct span table, uint32_t number)
{
    char wanted[32];
    const unsigned char *entry = (const unsigned char *)table.at + (size_t)number * ENTRY;
    size_t at = bytes_number(entry + 1, 4);
    struct span head, stream;
    if (entry[0] == 1) {
        (void)snprintf(wanted, sizeof wanted, "%u 0 obj\n", number);
        assert_int_equal(memcmp(pdf.at + at, wanted, strlen(wanted)), 0);
        return;
    }
    assert_int_equal(entry[0], 2);
    const unsigned char *holder = (const unsigned char *)table.at + at * ENTRY;
    assert_int_equal(holder[0], 1);
    stream = stream_at(job, pdf, bytes_number(holder + 1, 4), &head);
    char *rest = NULL;
    const char *numbers = stream.at;
    size_t index = bytes_number(entry + 5, 2), found = 0, place = 0;
    assert_true(index < number_behind(head, "/N "));
    for (size_t i = 0; i <= index; i++) {
        found = strtoul(numbers, &rest, 10);
        place = strtoul(rest, &rest, 10);
        numbers = rest;
    }
    assert_int_equal(found, number);
    int length = snprintf(wanted, sizeof wanted, "<</I %u>>\n", number);
    assert_int_equal(memcmp(stream.at + number_behind(head, "/First ") + place, wanted, (size_t)length), 0);
}

/* Every object is where the table of the file says, alone or packed with others. */
static void every_object_is_found(void **state)
{
    struct job job;
    struct out *out = NULL, *bytes = NULL;
    struct pdf_file *file = NULL;
    struct span head;
    (void)state;
    job_begin(&job);
    assert_ok(&job, out_open_memory(&job.ctx, &out));
    assert_ok(&job, out_open_memory(&job.ctx, &bytes));
    out_text(bytes, "endstream endobj");
    assert_ok(&job, pdf_file_begin(&job.ctx, out, &file));
    uint32_t first = pdf_file_numbers(file, OBJECTS);
    for (uint32_t i = 0; i < OBJECTS; i++) {
        if (i == STREAM) {
            assert_ok(&job, pdf_stream_write(file, first + i, "/Mine true", bytes));
            continue;
        }
        out_format(pdf_object_begin(file, first + i), "<</I %u>>", first + i);
        assert_ok(&job, pdf_object_end(file));
    }
    assert_ok(&job, pdf_file_end(file, first, first + 1));
    struct span pdf = out_bytes(out);
    assert_int_equal(memcmp(pdf.at, "%PDF-1.5\n", 9), 0);
    assert_int_equal(memcmp(pdf.at + pdf.length - 6, "%%EOF\n", 6), 0);
    struct span table = stream_at(&job, pdf, number_behind(pdf, "startxref\n"), &head);
    assert_int_equal(number_behind(head, "/Root "), first);
    assert_int_equal(number_behind(head, "/Info "), first + 1);
    assert_int_equal(number_behind(head, "/Size ") * ENTRY, table.length);
    for (uint32_t i = 0; i < OBJECTS; i++)
        assert_object(&job, pdf, table, first + i);
    assert_int_equal(table.at[0], 0);
    struct span stream =
        stream_at(&job, pdf, bytes_number((const unsigned char *)table.at + (first + STREAM) * ENTRY + 1, 4), &head);
    assert_true(span_is(stream, "endstream endobj"));
    assert_int_equal(pdf_count(head, "/Mine true"), 1);
    job_end(&job);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(every_object_is_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
