/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/url_decoding.h"

#include <string.h>

/* 0 … 15, or -1. */
static int hexadecimal(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

static enum status malformed(struct ctx *ctx)
{
    return ctx_fail(ctx, STATUS_INVALID, NULL,
                    "The request holds a malformed escape: %% and two hexadecimal digits are accepted.");
}

/* Writes the decoded bytes; false at a malformed escape. */
static bool escapes_decode(struct span text, bool plus_is_space, char *into, size_t *length)
{
    *length = 0;
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.at[i];
        if (byte == '%') {
            int high = i + 2 < text.length ? hexadecimal(text.at[i + 1]) : -1;
            int low = i + 2 < text.length ? hexadecimal(text.at[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            byte = (char)(unsigned char)(high * 16 + low);
            i += 2;
        } else if (byte == '+' && plus_is_space) {
            byte = ' ';
        }
        into[(*length)++] = byte;
    }
    return true;
}

enum status url_decode(struct ctx *ctx, struct span text, bool plus_is_space, struct span *out)
{
    *out = text;
    bool plain = text.length == 0 ||
                 (memchr(text.at, '%', text.length) == NULL && (!plus_is_space || memchr(text.at, '+', text.length) == NULL));
    if (!plain) {
        char *decoded = arena_alloc(ctx->arena, text.length + 1);
        if (decoded == NULL)
            return ctx_no_memory(ctx);
        size_t length;
        if (!escapes_decode(text, plus_is_space, decoded, &length))
            return malformed(ctx);
        *out = (struct span){decoded, length};
    }
    size_t bad;
    if (out->length > 0 && memchr(out->at, '\0', out->length) != NULL)
        return ctx_fail(ctx, STATUS_INVALID, NULL, "The request holds a zero byte; text is accepted.");
    if (!text_utf8_valid(*out, &bad))
        return ctx_fail(ctx, STATUS_INVALID, NULL, "The request holds bytes that are not UTF-8.");
    return STATUS_OK;
}

static size_t pieces_count(struct span text)
{
    size_t count = text.length > 0 ? 1 : 0;
    for (size_t i = 0; i < text.length; i++)
        count += text.at[i] == '&';
    return count;
}

static enum status field_read(struct ctx *ctx, struct span piece, struct form_field *out)
{
    const char *equals = memchr(piece.at, '=', piece.length);
    size_t name_length = equals == NULL ? piece.length : (size_t)(equals - piece.at);
    struct span name = {piece.at, name_length};
    struct span value =
        equals == NULL ? (struct span){piece.at + piece.length, 0} : (struct span){equals + 1, piece.length - name_length - 1};
    enum status status = url_decode(ctx, name, true, &out->name);
    return status == STATUS_OK ? url_decode(ctx, value, true, &out->value) : status;
}

enum status url_fields(struct ctx *ctx, struct span text, size_t most, const struct form_field **out, size_t *count)
{
    *out = NULL;
    *count = 0;
    size_t pieces = pieces_count(text);
    if (pieces == 0)
        return STATUS_OK;
    if (pieces > most)
        return ctx_fail(ctx, STATUS_INVALID, NULL, "The request has more than %zu fields, which is the most that is accepted.",
                        most);
    struct form_field *fields = arena_array(ctx->arena, pieces, sizeof *fields);
    if (fields == NULL)
        return ctx_no_memory(ctx);
    *out = fields;
    while (text.length > 0) {
        const char *end = memchr(text.at, '&', text.length);
        struct span piece = {text.at, end == NULL ? text.length : (size_t)(end - text.at)};
        if (piece.length > 0) {
            enum status status = field_read(ctx, piece, &fields[*count]);
            if (status != STATUS_OK)
                return status;
            ++*count;
        }
        size_t used = end == NULL ? text.length : piece.length + 1;
        text = (struct span){text.at + used, text.length - used};
    }
    return STATUS_OK;
}
