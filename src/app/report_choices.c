/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/report_choices.h"

#include <string.h>

#include "base/limits.h"
#include "base/out.h"
#include "base/text_fault.h"
#include "model/collection.h"
#include "model/words.h"

/* The language of reports that a tag names, "de-AT" too; NULL when there is none. */
static const char *language_of_reports(struct span tag, bool whole)
{
    const char *dash = memchr(tag.at, '-', tag.length);
    struct span primary = {tag.at, dash ? (size_t)(dash - tag.at) : tag.length};
    for (const struct words *words = words_languages; words->language; words++) {
        bool named = span_is(tag, words->language) || (!whole && span_is(primary, words->language));
        if (named && words_tell_reports(words->language))
            return words->language;
    }
    return NULL;
}

static enum status language_refuse(struct ctx *ctx, const char *asked)
{
    struct out *known = NULL;
    char shown[64];
    bool more = false;
    enum status status = out_open_memory(ctx, &known);
    if (status)
        return status;
    for (const struct words *words = words_languages; words->language; words++) {
        if (!words_tell_reports(words->language))
            continue;
        out_format(known, "%s%s", more ? ", " : "", words->language);
        more = true;
    }
    struct span list = out_bytes(known);
    text_printable(span_of(asked), shown, sizeof shown);
    return ctx_fail(ctx, STATUS_USAGE, NULL, "No report can be written in the language \"%s\"; there are: %.*s.", shown,
                    (int)list.length, list.at);
}

enum status report_language_choose(struct ctx *ctx, const char *asked, const struct study *study, const char **out)
{
    const char *own = study && study->collection ? study->collection->language : NULL;
    *out = asked ? language_of_reports(span_of(asked), true) : own ? language_of_reports(span_of(own), false) : NULL;
    if (asked && !*out)
        return language_refuse(ctx, asked);
    if (!*out)
        *out = "en";
    return STATUS_OK;
}

enum status report_sections_read(struct ctx *ctx, struct span text, const char *const **out)
{
    size_t count = 1, found = 0;
    *out = NULL;
    if (!text.length)
        return STATUS_OK;
    for (size_t i = 0; i < text.length; i++)
        count += text.at[i] == ',';
    const char **names = arena_array(ctx->arena, count + 1, sizeof *names);
    if (!names)
        return ctx_no_memory(ctx);
    for (size_t from = 0, i = 0; i <= text.length; i++) {
        if (i < text.length && text.at[i] != ',')
            continue;
        names[found] = arena_copy(ctx->arena, span_trim((struct span){text.at + from, i - from}));
        if (!names[found++])
            return ctx_no_memory(ctx);
        from = i + 1;
    }
    *out = names;
    return STATUS_OK;
}

enum status report_order_read(struct ctx *ctx, struct span text, bool *by_dimension)
{
    char shown[64];
    *by_dimension = span_is(text, "dimension");
    if (*by_dimension || !text.length || span_is(text, "gap"))
        return STATUS_OK;
    text_printable(text, shown, sizeof shown);
    return ctx_fail(ctx, STATUS_USAGE, NULL, "\"%s\" is no order of items; \"gap\" and \"dimension\" are.", shown);
}

/* What is wrong with a title; NULL: nothing. */
static const char *title_fault(struct ctx *ctx, struct span title)
{
    size_t at = 0;
    if (!text_utf8_valid(title, &at))
        return arena_format(ctx->arena, "is not UTF-8 (byte %zu)", at + 1);
    switch (text_fault_find(title, TITLE_BYTES_MAX, false, &at)) {
    case TEXT_EMPTY:
        return "is empty";
    case TEXT_TOO_LONG:
        return arena_format(ctx->arena, "has %zu bytes", title.length);
    case TEXT_CONTROL:
        return arena_format(ctx->arena, "holds a control character (byte %zu, code %d)", at + 1, title.at[at]);
    case TEXT_SOUND:
    default:
        return NULL;
    }
}

enum status report_title_read(struct ctx *ctx, const char *text, const char **out)
{
    struct span title = span_trim(span_of(text));
    *out = NULL;
    if (!text)
        return STATUS_OK;
    const char *fault = title_fault(ctx, title);
    if (fault)
        return ctx_fail(ctx, STATUS_USAGE, NULL,
                        "The report's title %s; 1 to %u bytes of letters, signs, line breaks and tabs in UTF-8 are accepted.",
                        fault, TITLE_BYTES_MAX);
    *out = arena_copy(ctx->arena, title);
    return *out ? STATUS_OK : ctx_no_memory(ctx);
}
