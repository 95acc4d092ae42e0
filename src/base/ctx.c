/* SPDX-License-Identifier: GPL-3.0-or-later */
#define GAPMETER_CTX_IMPLEMENTED_HERE
#include "base/ctx.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A cut text must not end within a code point. */
static void cut_cleanly(char *text)
{
    size_t bad;
    struct span all = span_of(text);
    if (!text_utf8_valid(all, &bad) && all.length - bad < 4)
        all.length = bad;
    text[all.length] = '\0';
}

enum status ctx_fail(struct ctx *ctx, enum status status, const struct place *place, const char *format, ...)
{
    assert(status != STATUS_OK && status < STATUS_COUNT);
    struct error *error = &ctx->error;
    char sentence[sizeof error->sentence];
    va_list list;
    va_start(list, format);
    int length = vsnprintf(sentence, sizeof sentence, format, list);
    va_end(list);
    if (length < 0)
        (void)snprintf(sentence, sizeof sentence, "%s", status_sentence(status));
    else if ((size_t)length >= sizeof sentence)
        cut_cleanly(sentence);
    /* The place and the arguments may stand in ctx->error itself: it is written last. */
    struct place where = place != NULL ? *place : (struct place){.row = 0};
    error->status = status;
    error->place = where;
    memcpy(error->sentence, sentence, sizeof sentence);
    return status;
}

enum status ctx_no_memory(struct ctx *ctx)
{
    return ctx_fail(ctx, STATUS_MEMORY, NULL, "There was not enough memory to go on.");
}

enum status ctx_cancelled(struct ctx *ctx)
{
    if (ctx->cancel == NULL || !atomic_load_explicit(ctx->cancel, memory_order_relaxed))
        return STATUS_OK;
    return ctx_fail(ctx, STATUS_CANCELLED, NULL, "The work was stopped before it was done.");
}

struct place_writer {
    char *into;
    size_t size;
    size_t length;
};

static void place_part(struct place_writer *writer, const char *before, const char *text)
{
    const char *separator = writer->length > 0 ? ", " : "";
    char *into = writer->into + writer->length;
    size_t left = writer->size - writer->length;
    size_t lead = strlen(separator) + strlen(before);
    /* The part needs what text_printable needs, and ": " comes at the end. */
    if (text[0] == '\0' || left < lead + 8 + 2)
        return;
    (void)snprintf(into, left, "%s%s", separator, before);
    text_printable(span_of(text), into + lead, left - lead - 2);
    writer->length += strlen(into);
}

void place_format(const struct place *place, char *into, size_t size)
{
    assert(size >= 16);
    into[0] = '\0';
    struct place_writer writer = {into, size, 0};
    char row[24] = "";
    if (place->row > 0)
        (void)snprintf(row, sizeof row, "%" PRIu64, place->row);
    place_part(&writer, "", place->file);
    place_part(&writer, "row ", row);
    place_part(&writer, "column ", place->column);
    place_part(&writer, "", place->path);
    if (writer.length > 0)
        memcpy(into + writer.length, ": ", sizeof ": ");
}
