/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/xlsx_text.h"

#include <stdio.h>
#include <string.h>

#define CELL_LETTERS  32767u
#define SHEET_LETTERS 31u
#define REPLACEMENT   "\xef\xbf\xbd"
#define ELLIPSIS      "\xe2\x80\xa6"
#define DASH          " \xe2\x80\x93 "

/* A character of the text and what it becomes. */
struct piece {
    struct span bytes; /* as written */
    size_t taken;      /* of the text */
    size_t letters;    /* of UTF-16 */
};

static bool is_xml(unsigned code_point)
{
    if (code_point < 0x20)
        return code_point == '\n' || code_point == '\t';
    return !(code_point >= 0x7f && code_point < 0xa0) && code_point != 0xfffe && code_point != 0xffff;
}

static struct piece piece_at(struct span rest)
{
    unsigned code_point = 0;
    size_t length = text_utf8_decode(rest, &code_point);
    if (!length || !is_xml(code_point))
        return (struct piece){{REPLACEMENT, 3}, length ? length : 1, 1};
    return (struct piece){{rest.at, length}, length, code_point > 0xffff ? 2 : 1};
}

/* How many letters a text has when it is written. */
static size_t letters_of(struct span text)
{
    size_t letters = 0;
    while (text.length) {
        struct piece piece = piece_at(text);
        letters += piece.letters;
        text = (struct span){text.at + piece.taken, text.length - piece.taken};
    }
    return letters;
}

static bool is_hex(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
}

/* "_x0041_" */
static bool begins_escape(struct span text)
{
    return text.length >= 7 && text.at[0] == '_' && text.at[1] == 'x' && is_hex(text.at[2]) && is_hex(text.at[3]) &&
           is_hex(text.at[4]) && is_hex(text.at[5]) && text.at[6] == '_';
}

/* Writes at most `most` letters; what is cut ends with an ellipsis. */
static void text_write(struct out *out, struct span text, size_t most, bool escape)
{
    bool cut = letters_of(text) > most;
    size_t left = cut ? most - 1 : most;
    while (text.length) {
        struct piece piece = piece_at(text);
        if (piece.letters > left)
            break;
        if (escape && begins_escape(text))
            out_text(out, "_x005F");
        out_span(out, piece.bytes);
        left -= piece.letters;
        text = (struct span){text.at + piece.taken, text.length - piece.taken};
    }
    out_text(out, cut ? ELLIPSIS : "");
}

const char *xlsx_cell_text(struct out *room, const char *text)
{
    out_empty(room);
    text_write(room, span_of(text), CELL_LETTERS, true);
    out_char(room, '\0');
    struct span bytes = out_bytes(room);
    return bytes.length && bytes.at[bytes.length - 1] == '\0' ? bytes.at : NULL;
}

const char *xlsx_plain_text(struct ctx *ctx, const char *text, size_t most)
{
    struct out *out = NULL;
    if (out_open_memory(ctx, &out))
        return NULL;
    text_write(out, span_of(text), most, false);
    const char *kept = NULL;
    return out_copy(ctx, out, &kept) ? NULL : kept;
}

const char *xlsx_bare_text(struct ctx *ctx, const char *text)
{
    char *bare = arena_copy(ctx->arena, span_of(text)), *to = bare;
    for (const char *from = bare; from && *from;) {
        bool mark = strncmp(from, "\xe2\x81", 2) == 0 && (unsigned char)from[2] >= 0xa6 && (unsigned char)from[2] <= 0xa9;
        if (mark)
            from += 3;
        else
            *to++ = *from++;
    }
    if (to)
        *to = '\0';
    return bare;
}

/* Without the letters that a name of a sheet must not have. */
static const char *name_clean(struct ctx *ctx, const char *wish)
{
    char *clean = arena_copy(ctx->arena, span_of(wish));
    char *to = clean;
    for (const char *from = clean; from && *from; from++) {
        if (!strchr("[]:*?/\\'\n\t", *from))
            *to++ = *from;
        else if (*from == '/' || *from == '\\' || *from == ':')
            *to++ = *from == ':' ? ',' : '-';
    }
    if (to)
        *to = '\0';
    return clean;
}

static bool name_known(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (span_equal_caseless(span_of(names[i]), span_of(name)))
            return true;
    }
    return span_equal_caseless(span_of(name), span_of("history")); /* a spreadsheet keeps this one for itself */
}

/* The wish, cut so that the end stays whole. */
static const char *name_join(struct ctx *ctx, const char *wish, const char *end)
{
    struct out *out = NULL;
    size_t room = letters_of(span_of(end));
    if (out_open_memory(ctx, &out))
        return NULL;
    text_write(out, span_trim(span_of(wish)), room < SHEET_LETTERS ? SHEET_LETTERS - room : 1, false);
    out_text(out, end);
    const char *name = NULL;
    return out_copy(ctx, out, &name) ? NULL : name;
}

const char *xlsx_sheet_name(struct ctx *ctx, const char *const *names, size_t count, const char *wish, const char *tail)
{
    const char *clean = name_clean(ctx, wish), *clean_tail = name_clean(ctx, tail);
    if (!clean || !clean_tail)
        return NULL;
    clean_tail = xlsx_plain_text(ctx, clean_tail, SHEET_LETTERS / 2);
    const char *end = clean_tail && *clean_tail ? arena_format(ctx->arena, "%s%s", DASH, clean_tail) : clean_tail;
    const char *name = end ? name_join(ctx, *clean ? clean : "-", end) : NULL;
    for (size_t number = 2; name && name_known(names, count, name); number++) {
        const char *numbered = arena_format(ctx->arena, "%s %zu", end, number);
        name = numbered ? name_join(ctx, *clean ? clean : "-", numbered) : NULL;
    }
    return name;
}
