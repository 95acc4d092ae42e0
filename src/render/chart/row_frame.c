/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/chart/row_frame.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/capital.h"
#include "model/measure.h"
#include "model/phrase.h"
#include "model/shown.h"
#include "model/words.h"

#define LINE_PX    15.0
#define TICKS_MOST 32u

double row_top(const struct row_frame *frame, uint32_t index)
{
    return frame->top + index * frame->height;
}

/* A label begins with a capital, as the first letter of a line does. */
enum status row_name(struct ctx *ctx, const struct document_head *head, const struct table *table, const struct row *row,
                     const char *column, const char **out)
{
    if (table->by_count)
        return shown_group(ctx, head, table, row, out);
    uint32_t at = column ? table_column(table, column) : 0;
    const char *id = row->values[at].kind == VALUE_TEXT ? row->values[at].text : "";
    const char *text = shown_key_text(head, &table->measure->columns[at], id);
    if (strcmp(id, "overall") == 0)
        text = words_or_english(head->language, "trust.overall");
    else if (!*text)
        text = shown_key_word(head, &table->measure->columns[at], id);
    return text_capital(ctx, head->language, *text ? text : id, out);
}

enum status row_step_name(struct ctx *ctx, const struct document_head *head, const struct table *table, const struct row *row,
                          const char *name, const char **out)
{
    *out = name;
    if (table_column(table, "from") == UINT32_MAX)
        return STATUS_OK;
    const struct value *from = table_value(table, row, "from"), *to = table_value(table, row, "to");
    if (from->kind != VALUE_TEXT || to->kind != VALUE_TEXT)
        return STATUS_OK;
    const struct phrase_word words[] = {{"from", from->text}, {"to", to->text}, {NULL, NULL}};
    return phrase_make(ctx, head->language, "chart.change.step", words, out);
}

void row_label(struct picture *picture, const struct row_frame *frame, uint32_t index, const char *label)
{
    struct label_place place = {.at = {frame->label_left, row_top(frame, index)},
                                .letters = frame->label_letters,
                                .lines = 2,
                                .line_px = LINE_PX,
                                .column = true};
    bool two = label_lines(label, &place) > 1;
    if (frame->stacked)
        place.at.y += two ? 14 : 29;
    else
        place.at.y += frame->text_drop - (two ? 7 : 0);
    label_draw(picture, label, &place);
}

struct span text_within(struct picture *picture, const char *words, double size, double room)
{
    struct span text = span_of(words);
    if (picture_text_width(text, size) <= room)
        return text;
    bool cut = false;
    double letter = picture_text_width(span_of("n"), size);
    size_t kept = text_fit(text, room > letter ? (size_t)(room / letter) : 0, &cut);
    const char *line = arena_format(picture->ctx->arena, "%.*s…", (int)kept, text.at);
    picture->failed = picture->failed || !line;
    return span_of(line);
}

void row_texts(struct picture *picture, const struct row_frame *frame, uint32_t index, const struct row_texts *texts)
{
    double y = row_top(frame, index) + frame->text_drop;
    if (!*texts->interval) { /* a blank says why, across the columns */
        double left = frame->stacked ? 0 : fmax(frame->plot_right, frame->side_right) + 8;
        left = fmin(left, frame->number_right - 40);
        (void)picture_text(picture, TONE_SOFT, (struct point){left, y}, ANCHOR_START,
                           text_within(picture, texts->number, SMALL_PX, frame->interval_right - left));
        return;
    }
    struct mark *number = picture_text(picture, texts->tone, (struct point){frame->number_right, y}, ANCHOR_END,
                                       text_within(picture, texts->number, TEXT_PX, 64));
    number->size = TEXT_PX;
    number->bold = texts->strong || texts->tone != TONE_INK;
    (void)picture_text(picture, TONE_SOFT, (struct point){frame->interval_right, y}, ANCHOR_END, span_of(texts->interval));
    if (texts->word && *texts->word)
        picture_text(picture, texts->tone, (struct point){frame->word_left, y}, ANCHOR_START,
                     text_within(picture, texts->word, SMALL_PX, frame->word_right - frame->word_left))
            ->bold = number->bold;
}

/* A number with its sign; a share as percent, as its interval is. */
static void signed_show(const struct column *column, double number, char *into, size_t size)
{
    bool share = strcmp(shown_unit(column), "%") == 0;
    unsigned digits = !share ? column->digits : column->digits > 2 ? column->digits - 2 : 0;
    shown_signed(share ? number * 100 : number, digits, true, into, size);
}

/* A number and its interval as they are to be shown. */
struct figure {
    uint32_t number, low; /* columns */
    bool with_sign;
};

static enum status figure_make(const struct row_chart *chart, const struct row *row, struct figure figure, struct row_texts *out)
{
    const struct column *columns = chart->table->measure->columns;
    const struct value *value = &row->values[figure.number], *low = &row->values[figure.low];
    bool whole = value->kind == VALUE_NUMBER;
    char number[96], interval[160] = "";
    if (whole && figure.with_sign)
        signed_show(&columns[figure.number], value->number, number, sizeof number);
    else
        shown_cell(chart->head, &columns[figure.number], value, number, sizeof number);
    if (whole)
        shown_cell_interval(chart->head, &columns[figure.low], low, low + 1, interval, sizeof interval);
    out->number = arena_copy(chart->ctx->arena, span_of(number));
    out->interval = arena_copy(chart->ctx->arena, span_of(interval));
    return out->number && out->interval ? STATUS_OK : ctx_no_memory(chart->ctx);
}

enum status row_figures(const struct row_chart *chart, const struct row *row, const char *column, const char *low,
                        struct row_texts *out)
{
    return figure_make(chart, row, (struct figure){table_column(chart->table, column), table_column(chart->table, low), false},
                       out);
}

enum status row_signed_figures(const struct row_chart *chart, const struct row *row, const char *column, const char *low,
                               struct row_texts *out)
{
    return figure_make(chart, row, (struct figure){table_column(chart->table, column), table_column(chart->table, low), true},
                       out);
}

void plot_head(struct picture *picture, const struct axis *axis, const char *words)
{
    double room = fabs(axis->to - axis->from) + 24;
    (void)picture_text(picture, TONE_SOFT, (struct point){(axis->from + axis->to) / 2, 12}, ANCHOR_MIDDLE,
                       text_within(picture, words, SMALL_PX, room));
}

/* A line from the ticks to the last row, or a short one where labels stand between the plots. */
static void tick_line(struct picture *picture, enum tone tone, const struct row_frame *frame, double x, uint32_t rows)
{
    double top = frame->top - 6, bottom = frame->stacked ? top + 5 : row_top(frame, rows);
    (void)picture_line(picture, tone, 1, (struct point){x, top}, (struct point){x, bottom});
}

/* As many ticks as their numbers have room for.
 * gives   the count */
static unsigned ticks_find(const struct axis *axis, struct tick *ticks)
{
    double length = fabs(axis->to - axis->from), tried = 0;
    unsigned count = 0;
    for (unsigned most = TICKS_MOST; most >= 2; most--) {
        double widest = 0, step = axis->most - axis->least > AXIS_NOISE ? tick_step(axis->least, axis->most, most) : 1;
        if (step <= tried) /* the same ticks as before */
            continue;
        tried = step;
        count = axis_ticks(axis, most, ticks);
        for (unsigned i = 0; i < count; i++)
            widest = fmax(widest, picture_text_width(span_of(ticks[i].text), SMALL_PX));
        if (count < 2 || length / (axis->most - axis->least) * (ticks[1].number - ticks[0].number) >= widest + 14)
            break;
    }
    return count;
}

void plot_ticks(struct picture *picture, const struct row_frame *frame, const struct axis *axis, uint32_t rows)
{
    struct tick ticks[TICKS_MOST];
    unsigned count = ticks_find(axis, ticks);
    for (unsigned i = 0; i < count; i++) {
        double x = axis_place(axis, ticks[i].number);
        char *text = arena_copy(picture->ctx->arena, span_of(ticks[i].text));
        picture->failed = picture->failed || !text;
        tick_line(picture, TONE_GRID, frame, x, rows);
        (void)picture_text(picture, TONE_SOFT, (struct point){x, frame->top - 12}, ANCHOR_MIDDLE, span_of(text));
    }
}

void plot_mark(struct picture *picture, const struct row_frame *frame, const struct axis *axis, uint32_t rows, double number,
               const char *words)
{
    double x = axis_place(axis, number);
    tick_line(picture, TONE_SOFT, frame, x, rows);
    for (uint32_t i = 0; i < rows && frame->stacked; i++) { /* labels stand between the plots: each row has its own line */
        double y =
            row_top(frame, i) + (axis->from >= frame->side_left && frame->side_left > 0 ? frame->side_drop : frame->plot_drop);
        (void)picture_line(picture, TONE_SOFT, 1, (struct point){x, y - 7}, (struct point){x, y + 7});
    }
    if (*words)
        (void)picture_text(picture, TONE_SOFT, (struct point){x, frame->top - 12}, ANCHOR_MIDDLE, span_of(words));
}

/* The end of an interval: a short line across it, or an arrow where it goes on beyond the axis. */
static void end_draw(struct picture *picture, enum tone tone, const struct axis *axis, double y, double number)
{
    bool below = number<axis->least, above = number> axis->most;
    double x = below ? axis->from : above ? axis->to : axis_place(axis, number);
    double back = below ? 4 : above ? -4 : 0;
    const struct point points[] = {{x + back, y - 4}, {x, y}, {x + back, y + 4}};
    picture_shape(picture, tone, points, 3)->size = 1.5;
}

void plot_interval(struct picture *picture, enum tone tone, const struct axis *axis, double y, double low, double high)
{
    double from = axis_place(axis, fmin(fmax(low, axis->least), axis->most));
    double to = axis_place(axis, fmax(fmin(high, axis->most), axis->least));
    (void)picture_line(picture, tone, 2, (struct point){from, y}, (struct point){to, y});
    end_draw(picture, tone, axis, y, low);
    end_draw(picture, tone, axis, y, high);
}

bool cell_has(const struct table *table, const struct row *row, const char *column)
{
    return table_value(table, row, column)->kind == VALUE_NUMBER;
}

double cell_number(const struct table *table, const struct row *row, const char *column)
{
    const struct value *value = table_value(table, row, column);
    return value->kind == VALUE_NUMBER ? value->number : 0;
}

bool cell_is(const struct table *table, const struct row *row, const char *column, const char *word)
{
    const struct value *value = table_value(table, row, column);
    return value->kind == VALUE_TEXT && strcmp(value->text, word) == 0;
}

uint32_t block_rows(const struct document_block *block)
{
    uint32_t count = block->drawn ? block->drawn_count : released_table_view(block->table)->row_count;
    return block->rows_most && count > block->rows_most ? block->rows_most : count;
}

const struct row *block_row(const struct document_block *block, uint32_t index)
{
    return &released_table_view(block->table)->rows[block->drawn ? block->drawn[index] : index];
}

double reach_find(double estimates, double ends)
{
    double reach = estimates > 0 ? fmin(ends, 3 * estimates) : ends;
    reach = fmax(reach, estimates);
    return reach > AXIS_NOISE ? reach : 1;
}

/* What the description names. */
struct row_ends {
    const char *first, *first_number, *last, *last_number;
};

static enum status rows_describe(const struct row_chart *chart, const struct row_ends *ends, uint32_t rows)
{
    char count[32];
    (void)snprintf(count, sizeof count, "%u", rows);
    const struct phrase_word words[] = {{"rows", count},
                                        {"first", ends->first},
                                        {"first_number", ends->first_number},
                                        {"last", ends->last},
                                        {"last_number", ends->last_number},
                                        {NULL, NULL}};
    return phrase_make(chart->ctx, chart->head->language, rows == 1 ? "chart.description.row" : "chart.description.rows", words,
                       &chart->picture->description);
}

enum status rows_draw(const struct row_chart *chart, const void *inside, row_drawer *draw)
{
    struct row_ends ends = {0};
    uint32_t rows = block_rows(chart->block);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < rows && !status; i++) {
        const struct row *row = block_row(chart->block, i);
        status = row_name(chart->ctx, chart->head, chart->table, row, chart->key, &ends.last);
        if (!status)
            status = draw(inside, row, i, ends.last, &ends.last_number);
        if (i == 0) {
            ends.first = ends.last;
            ends.first_number = ends.last_number;
        }
    }
    if (!status)
        status = rows_describe(chart, &ends, rows);
    return status ? status : picture_end(chart->picture, row_top(chart->frame, rows) + 8);
}

bool row_hidden(const struct table *table, const struct row *row)
{
    const struct value *n = table_value(table, row, "n");
    return table->by_count && n->kind == VALUE_BLANK && n->reason == REASON_SUPPRESSED;
}
