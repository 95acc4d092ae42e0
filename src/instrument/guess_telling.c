/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/guess_telling.h"

#include <string.h>

#include "base/out.h"
#include "model/mixed_scales.h"

#define COLUMNS_SHOWN 24u
#define HEADER_SHOWN  60u
#define LEFT_SHOWN    24u

void guess_line_add(struct proposal *proposal, const char *what, const char *found, const char *why, unsigned sure)
{
    if (proposal->line_count < GUESS_LINES_MOST && found)
        proposal->lines[proposal->line_count++] = (struct guess_line){what, found, why, sure};
}

const char *guess_header(const struct proposal *proposal, uint32_t column)
{
    return arena_copy(proposal->ctx->arena, proposal->sample->headers[column]);
}

/* A header as a line of the proposal shows it: printable, and not too long. */
static const char *header_shown(const struct proposal *proposal, uint32_t column)
{
    char printable[4 * HEADER_SHOWN];
    bool cut = false;
    text_printable(proposal->sample->headers[column], printable, sizeof printable);
    size_t length = text_fit(span_of(printable), HEADER_SHOWN, &cut);
    return arena_format(proposal->ctx->arena, "%.*s%s", (int)length, printable, cut ? "…" : "");
}

/* "h1 … h12 (12 columns)" */
static const char *columns_text(const struct proposal *proposal, enum standard standard)
{
    uint32_t first = NO_COLUMN, last = NO_COLUMN, count = 0;
    for (uint32_t i = 0; i < proposal->items.count; i++) {
        uint32_t column = proposal->items.items[i].columns[standard];
        if (column == NO_COLUMN)
            continue;
        first = first == NO_COLUMN ? column : first;
        last = column;
        count++;
    }
    if (first == last)
        return header_shown(proposal, first);
    const char *from = header_shown(proposal, first), *to = header_shown(proposal, last);
    return from && to ? arena_format(proposal->ctx->arena, "%s … %s (%u columns)", from, to, count) : NULL;
}

/* Why a column was taken for a standard, and how sure that is. */
static const char *standard_why(const struct proposal *proposal, unsigned *sure)
{
    const struct guessed_items *items = &proposal->items;
    *sure = 50;
    if (items->by == GUESSED_BY_ORDER && items->half_known) {
        *sure = 65;
        return "two families of numbered columns; the letter of one is known";
    }
    if (items->by == GUESSED_BY_ORDER)
        return "two families of numbered columns; the first was taken for expectations";
    *sure = 40;
    if (items->by == GUESSED_PERCEPTIONS)
        return "numbered columns, and none to set beside them: perceptions alone";
    if (items->by == GUESSED_BY_WORDS && items_with(items, STANDARD_PERCEPTION) == items->count &&
        items_with(items, STANDARD_EXPECTATION) + items_with(items, STANDARD_MINIMUM) + items_with(items, STANDARD_DESIRED) ==
            0) {
        *sure = 60;
        return "the headers say so, and none speaks of expectations";
    }
    *sure = *items->language ? 95 : 85;
    if (items->standard_column != NO_COLUMN)
        return arena_format(proposal->ctx->arena, "the cells of %s say so", guess_header(proposal, items->standard_column));
    if (*items->language)
        return arena_format(proposal->ctx->arena, "the headers say so (%s)", items->language);
    return "the headers say so, and otherwise they are alike";
}

void guess_standards_tell(struct proposal *proposal)
{
    unsigned sure = 0;
    const char *why = standard_why(proposal, &sure);
    bool cells = proposal->items.standard_column != NO_COLUMN;
    for (unsigned s = 0; s < STANDARD_COUNT && why; s++) {
        if (!items_with(&proposal->items, (enum standard)s))
            continue;
        const char *found = cells ? arena_format(proposal->ctx->arena, "%s where it is %s",
                                                 columns_text(proposal, (enum standard)s), proposal->items.words[s])
                                  : columns_text(proposal, (enum standard)s);
        guess_line_add(proposal, standard_name((enum standard)s), found, why, sure);
    }
    if (proposal->items.by == GUESSED_LONG)
        guess_line_add(
            proposal, "layout", cells ? "long: a row per respondent, item and standard" : "long: a row per respondent and item",
            cells ? "one column names the item, one the standard" : "one column names the item, one holds each standard", 90);
}

void guess_scale_tell(struct proposal *proposal)
{
    const struct guessed_scale *scale = &proposal->scale;
    char text[80];
    if (!scale->found) {
        guess_line_add(proposal, "scale", "not clear", "the values fit no usual scale; write it into the study file", 0);
        return;
    }
    scale_format(&scale->scale, text, sizeof text);
    guess_line_add(proposal, "scale", arena_copy(proposal->ctx->arena, span_of(text)),
                   scale->labels      ? "a known set of labels"
                   : scale->ends_seen ? "the smallest usual scale that holds all values; both ends occur"
                                      : "the smallest usual scale that holds all values; an end was never used",
                   scale->labels      ? 90
                   : scale->ends_seen ? 95
                                      : 70);
    for (uint32_t i = 1; i < scale->missing_count; i++)
        guess_line_add(proposal, "missing", scale->missing[i].text, "no point of the scale, and often used for 'no answer'", 75);
}

void guess_mixed_tell(struct proposal *proposal, uint32_t column, const struct outcome *outcome)
{
    struct answer_counts *counts = arena_alloc(proposal->ctx->arena, sizeof *counts);
    const struct sample *sample = proposal->sample;
    struct mixed_scales mixed;
    struct note note;
    for (uint32_t r = 0; counts && r < sample->row_count; r++) {
        uint32_t code = scale_code_of_text(&outcome->scale, sample->cells[(size_t)r * sample->column_count + column], '.');
        if (code)
            answer_counts_add(counts, code, r + 2u);
    }
    if (!counts || !mixed_scales_find(&outcome->scale, counts, &mixed))
        return;
    if (mixed_scales_note(proposal->ctx, &mixed, outcome->column, &outcome->scale, &note) == STATUS_OK)
        guess_line_add(proposal, "two scales?", outcome->column, note.english, 70);
}

void guess_rest_tell(struct proposal *proposal)
{
    struct out *names = NULL;
    const char *list = NULL;
    if (out_open_memory(proposal->ctx, &names))
        return;
    uint32_t left = 0;
    for (uint32_t c = 0; c < proposal->sample->column_count; c++) {
        const char *header = proposal->used[c] || left >= LEFT_SHOWN ? NULL : header_shown(proposal, c);
        left += !proposal->used[c];
        if (header)
            out_format(names, "%s%s", left > 1 ? ", " : "", header);
    }
    if (left > LEFT_SHOWN)
        out_format(names, " and %u more", left - LEFT_SHOWN);
    if (left && out_copy(proposal->ctx, names, &list) == STATUS_OK)
        guess_line_add(proposal, "left out", list, "columns that the study does not name are ignored", 50);
}

/* Nothing was found: what stands in the file, so that the user sees why. */
void guess_columns_tell(struct proposal *proposal)
{
    uint32_t count = proposal->sample->column_count;
    for (uint32_t c = 0; c < count && c < COLUMNS_SHOWN; c++)
        guess_line_add(proposal, "column", header_shown(proposal, c), profile_describe(proposal->ctx, &proposal->profiles[c]), 0);
    if (count > COLUMNS_SHOWN)
        guess_line_add(proposal, "column", arena_format(proposal->ctx->arena, "and %u more", count - COLUMNS_SHOWN), "not shown",
                       0);
}
