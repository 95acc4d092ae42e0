/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_header.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "formats/csv_plan.h"

enum { LETTERS_MOST = 48, HEADERS_SHOWN = 12, HEADER_BYTES = 48 };

/* A text being put together; what does not fit is left out. */
struct wording {
    char text[640];
    size_t length;
};

static void add(struct wording *wording, const char *text)
{
    size_t room = sizeof wording->text - 1 - wording->length, length = strlen(text);
    if (length > room)
        return;
    memcpy(wording->text + wording->length, text, length + 1);
    wording->length += length;
}

static void add_header(struct wording *wording, struct span header)
{
    char shown[HEADER_BYTES];
    text_printable(header, shown, sizeof shown);
    add(wording, header.length == 0 ? "(no name)" : shown);
}

enum status csv_lookup_begin(struct ctx *ctx, const struct csv_head *const *heads, uint32_t count, struct csv_lookup *out)
{
    assert(count >= 1 && count <= 2);
    *out = (struct csv_lookup){.head_count = count};
    for (uint32_t i = 0; i < count; i++) {
        out->heads[i] = heads[i];
        out->used[i] = arena_array(ctx->arena, heads[i]->column_count, sizeof(bool));
        if (out->used[i] == NULL)
            return ctx_no_memory(ctx);
    }
    return STATUS_OK;
}

enum status csv_lookup_find(struct ctx *ctx, struct csv_lookup *lookup, uint32_t file, const char *header, uint32_t *out)
{
    const struct csv_head *head = lookup->heads[file];
    struct span name = span_trim(span_of(header));
    *out = CSV_NO_COLUMN;
    for (uint32_t i = 0; i < head->column_count; i++) {
        if (!span_equal(head->headers[i], name))
            continue;
        if (*out != CSV_NO_COLUMN) {
            char shown[HEADER_BYTES];
            text_printable(name, shown, sizeof shown);
            return ctx_fail(ctx, STATUS_DATA, NULL,
                            "%s has two columns named \"%s\", columns %u and %u, and the study names it; rename one of them.",
                            head->name, shown, *out + 1, i + 1);
        }
        *out = i;
        lookup->used[file][i] = true;
    }
    return STATUS_OK;
}

void csv_lookup_absent(struct csv_lookup *lookup, uint32_t file, const char *header)
{
    for (uint32_t i = 0; i < lookup->absent_count && i < CSV_ABSENT_SHOWN; i++) {
        if (strcmp(lookup->absent[i].header, header) == 0 && lookup->absent[i].file == file)
            return;
    }
    if (lookup->absent_count < CSV_ABSENT_SHOWN)
        lookup->absent[lookup->absent_count] = (struct csv_absent){header, file};
    lookup->absent_count++;
}

/* Letters and digits alone, small: what people remember of a name. */
static size_t plain_letters(struct span name, unsigned char *into)
{
    size_t length = 0;
    for (size_t i = 0; i < name.length && length < LETTERS_MOST; i++) {
        unsigned char byte = (unsigned char)name.at[i];
        if (byte >= 'A' && byte <= 'Z')
            byte = (unsigned char)(byte - 'A' + 'a');
        if (byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9'))
            into[length++] = byte;
    }
    return length;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to add, drop or change to make one word of the other (Levenshtein 1966). */
static size_t distance(const unsigned char *a, size_t a_length, const unsigned char *b, size_t b_length)
{
    size_t row[LETTERS_MOST + 1];
    for (size_t k = 0; k <= b_length; k++)
        row[k] = k;
    for (size_t i = 1; i <= a_length; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t k = 1; k <= b_length; k++) {
            size_t changed = diagonal + (a[i - 1] != b[k - 1]);
            diagonal = row[k];
            row[k] = least(changed, least(row[k], row[k - 1]) + 1);
        }
    }
    return row[b_length];
}

struct span csv_nearest_header(const struct csv_head *head, const bool *used, struct span name)
{
    unsigned char wanted[LETTERS_MOST], found[LETTERS_MOST];
    size_t wanted_length = plain_letters(name, wanted);
    struct span nearest = {NULL, 0};
    size_t best = wanted_length / 4 + 1;
    for (uint32_t i = 0; i < head->column_count && wanted_length > 0; i++) {
        size_t length = plain_letters(head->headers[i], found);
        size_t away = used != NULL && used[i] ? best : distance(wanted, wanted_length, found, length);
        if (away < best && length > 0) {
            best = away;
            nearest = head->headers[i];
        }
    }
    return nearest;
}

static void add_absent(struct wording *wording, const struct csv_lookup *lookup)
{
    for (uint32_t i = 0; i < lookup->absent_count && i < CSV_ABSENT_SHOWN; i++) {
        const struct csv_absent *absent = &lookup->absent[i];
        struct span nearest =
            csv_nearest_header(lookup->heads[absent->file], lookup->used[absent->file], span_of(absent->header));
        add(wording, i == 0 ? "" : ", ");
        add_header(wording, span_of(absent->header));
        if (nearest.length > 0) {
            add(wording, " (is it \"");
            add_header(wording, nearest);
            add(wording, "\"?)");
        }
    }
    char rest[32];
    (void)snprintf(rest, sizeof rest, " and %u more", lookup->absent_count - CSV_ABSENT_SHOWN);
    add(wording, lookup->absent_count > CSV_ABSENT_SHOWN ? rest : "");
}

static void add_headers(struct wording *wording, const struct csv_head *head)
{
    for (uint32_t i = 0; i < head->column_count && i < HEADERS_SHOWN; i++) {
        add(wording, i == 0 ? "" : ", ");
        add_header(wording, head->headers[i]);
    }
    char rest[40];
    (void)snprintf(rest, sizeof rest, ", … (%u in all)", head->column_count);
    add(wording, head->column_count > HEADERS_SHOWN ? rest : "");
}

enum status csv_lookup_end(struct ctx *ctx, const struct csv_lookup *lookup)
{
    if (lookup->absent_count == 0)
        return STATUS_OK;
    const struct csv_head *head = lookup->heads[lookup->absent[0].file];
    struct wording absent = {.length = 0}, present = {.length = 0};
    add_absent(&absent, lookup);
    add_headers(&present, head);
    bool one = lookup->absent_count == 1;
    return ctx_fail(ctx, STATUS_CONFIG, NULL, "The study names %s that %s not there in %s: %s. It has: %s.",
                    one ? "a column" : "columns", one ? "is" : "are", head->name, absent.text, present.text);
}
