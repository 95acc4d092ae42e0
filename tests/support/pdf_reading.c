/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/pdf_reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/out.h"

static size_t find(struct span bytes, size_t from, const char *text)
{
    size_t length = strlen(text);
    while (from + length <= bytes.length && memcmp(bytes.at + from, text, length) != 0)
        from++;
    return from + length <= bytes.length ? from : bytes.length;
}

static void stream_unpack(struct out *into, const char *at, size_t length)
{
    enum { ROOM = 4 << 20 };
    unsigned char *room = malloc(ROOM), *packed = malloc(length + 1);
    uLongf plain = ROOM;
    assert_true(room && packed);
    memcpy(packed, at, length);
    if (uncompress(room, &plain, packed, (uLong)length) == Z_OK)
        out_write(into, room, plain);
    free(room);
    free(packed);
}

struct span pdf_unpacked(struct job *job, struct span pdf)
{
    struct out *into = NULL;
    size_t at = 0;
    assert_ok(job, out_open_memory(&job->ctx, &into));
    while (at < pdf.length) {
        size_t stream = find(pdf, at, "\nstream\n");
        size_t end = find(pdf, stream, "\nendstream");
        out_write(into, pdf.at + at, stream - at);
        if (stream < pdf.length)
            stream_unpack(into, pdf.at + stream + 8, end - stream - 8);
        at = end;
    }
    return out_bytes(into);
}

size_t pdf_count(struct span bytes, const char *text)
{
    size_t count = 0;
    for (size_t at = find(bytes, 0, text); at < bytes.length; at = find(bytes, at + 1, text))
        count++;
    return count;
}
