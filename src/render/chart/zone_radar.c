/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "base/decimal.h"
#include "model/measure.h"
#include "model/phrase.h"
#include "model/words.h"
#include "render/chart/map_key.h"
#include "render/chart/row_frame.h"

/* The zone of tolerance as LibQUAL+ shows it: a spoke per item, a pale ring from what is just accepted to what is desired, and what
 * customers got as dots with their intervals, joined by a line. The scale runs outwards. */

#define SPOKES_FEWEST 3u
#define SPOKES_MOST   30u /* more cannot be told from each other */

static const double radii[ROOM_COUNT] = {[ROOM_WIDE] = 190, [ROOM_NARROW] = 140, [ROOM_PAPER] = 180};

#define INNER_SHARE 0.15 /* of the radius: where the scale begins */
#define AROUND_PX   26.0 /* room for the numbers of the spokes */

struct spoke {
    double minimum, desired, got;
    bool has_interval;
    double low, high; /* of what customers got, by the interval of adequacy above the minimum */
    enum tone tone;
    bool hollow;
    const char *label, *number, *tip;
};

struct radar {
    struct row_chart chart;
    struct spoke spokes[SPOKES_MOST];
    uint32_t count;
    struct point centre;
    struct axis scale; /* from the centre outwards, in pixels */
};

static bool row_is_whole(const struct table *table, const struct row *row)
{
    return cell_has(table, row, "mean_minimum") && cell_has(table, row, "mean_desired") &&
           cell_has(table, row, "mean_perception") && !row_hidden(table, row);
}

static enum status tip_make(const struct radar *radar, const struct row *row, struct spoke *spoke)
{
    const struct row_chart *chart = &radar->chart;
    struct row_texts got = {.number = "", .interval = ""}, minimum = got, desired = got;
    enum status status = row_figures(chart, row, "mean_perception", "adequacy_ci_low", &got);
    if (!status)
        status = row_figures(chart, row, "mean_minimum", "adequacy_ci_low", &minimum);
    if (!status)
        status = row_figures(chart, row, "mean_desired", "adequacy_ci_low", &desired);
    const struct phrase_word words[] = {
        {"name", spoke->label}, {"got", got.number}, {"minimum", minimum.number}, {"desired", desired.number}, {NULL, NULL}};
    return status ? status : phrase_make(chart->ctx, chart->head->language, "chart.radar.tip", words, &spoke->tip);
}

static enum status spoke_make(struct radar *radar, const struct row *row)
{
    const struct row_chart *chart = &radar->chart;
    const struct table *table = chart->table;
    struct spoke *spoke = &radar->spokes[radar->count++];
    double minimum = cell_number(table, row, "mean_minimum");
    bool below = cell_is(table, row, "status", "below"), above = cell_is(table, row, "status", "above");
    *spoke = (struct spoke){.minimum = minimum,
                            .desired = cell_number(table, row, "mean_desired"),
                            .got = cell_number(table, row, "mean_perception"),
                            .has_interval = cell_has(table, row, "adequacy_ci_low") && cell_has(table, row, "adequacy_ci_high"),
                            .low = minimum + cell_number(table, row, "adequacy_ci_low"),
                            .high = minimum + cell_number(table, row, "adequacy_ci_high"),
                            .tone = below   ? TONE_SHORT
                                    : above ? TONE_ABOVE
                                            : TONE_UNDECIDED,
                            .hollow = cell_is(table, row, "status", "uncertain") || cell_is(table, row, "status", "inverted")};
    spoke->number = arena_format(chart->ctx->arena, "%u", radar->count);
    if (!spoke->number)
        return ctx_no_memory(chart->ctx);
    enum status status = row_name(chart->ctx, chart->head, table, row, "item", &spoke->label);
    return status ? status : tip_make(radar, row, spoke);
}

/* The ends of the widest scale of the items. */
static void scale_find(struct radar *radar, double radius)
{
    const struct study *study = radar->chart.head->study;
    radar->scale = (struct axis){HUGE_VAL, -HUGE_VAL, INNER_SHARE * radius, radius};
    for (uint32_t i = 0; i < study->item_count; i++) {
        const struct scale *scale = &study->scales[study->items[i].scale];
        radar->scale.least = fmin(radar->scale.least, decimal_to_double(scale->min));
        radar->scale.most = fmax(radar->scale.most, decimal_to_double(scale->max));
    }
}

/* A place on a spoke, so many pixels from the centre; the first spoke goes up, the others follow clockwise. */
static struct point spoke_point(const struct radar *radar, uint32_t index, double pixels)
{
    double angle = 2 * acos(-1) * index / radar->count;
    return (struct point){radar->centre.x + pixels * sin(angle), radar->centre.y - pixels * cos(angle)};
}

/* A number on a spoke; beyond the scale's ends it stops there. */
static struct point number_point(const struct radar *radar, uint32_t index, double number)
{
    double inside = fmin(fmax(number, radar->scale.least), radar->scale.most);
    return spoke_point(radar, index, axis_place(&radar->scale, inside));
}

/* From the outer edge around and back along the inner one: an area with a hole. */
static void band_draw(const struct radar *radar)
{
    struct point points[2 * SPOKES_MOST + 2] = {{0, 0}};
    size_t count = 2 * (size_t)radar->count + 2;
    for (uint32_t i = 0; i < radar->count; i++) {
        points[i] = number_point(radar, i, radar->spokes[i].desired);
        points[count - 1 - i] = number_point(radar, i, radar->spokes[i].minimum);
    }
    points[radar->count] = points[0];
    points[radar->count + 1] = points[count - 1];
    picture_shape(radar->chart.picture, TONE_BAND, points, count)->closed = true;
}

/* Pale polygons at the numbers of the scale, the spokes, and the numbers beside the first of them. */
static void grid_draw(const struct radar *radar)
{
    struct picture *picture = radar->chart.picture;
    struct tick ticks[32];
    struct point points[SPOKES_MOST + 1] = {{0, 0}};
    unsigned count = axis_ticks(&radar->scale, radar->scale.most - radar->scale.least <= 10 ? 6 : 5, ticks);
    for (unsigned t = 0; t < count; t++) {
        for (uint32_t i = 0; i < radar->count; i++)
            points[i] = number_point(radar, i, ticks[t].number);
        points[radar->count] = points[0];
        picture_shape(picture, TONE_GRID, points, radar->count + 1u)->size = 1;
    }
    for (uint32_t i = 0; i < radar->count; i++)
        (void)picture_line(picture, TONE_GRID, 1, spoke_point(radar, i, radar->scale.from),
                           spoke_point(radar, i, radar->scale.to));
}

static void ticks_draw(const struct radar *radar)
{
    struct picture *picture = radar->chart.picture;
    struct tick ticks[32];
    unsigned count = axis_ticks(&radar->scale, radar->scale.most - radar->scale.least <= 10 ? 6 : 5, ticks);
    for (unsigned t = 0; t < count; t++) {
        struct point at = number_point(radar, 0, ticks[t].number);
        const char *text = arena_copy(picture->ctx->arena, span_of(ticks[t].text));
        picture->failed = picture->failed || !text;
        (void)picture_text(picture, TONE_SOFT, (struct point){at.x - 7, at.y + 4}, ANCHOR_END, span_of(text ? text : ""));
    }
}

/* What customers got: a line around, intervals along the spokes, and dots. */
static void got_draw(const struct radar *radar)
{
    struct picture *picture = radar->chart.picture;
    struct point points[SPOKES_MOST + 1] = {{0, 0}};
    for (uint32_t i = 0; i < radar->count; i++)
        points[i] = number_point(radar, i, radar->spokes[i].got);
    points[radar->count] = points[0];
    picture_shape(picture, TONE_INK, points, radar->count + 1u)->size = 1.5;
    for (uint32_t i = 0; i < radar->count; i++) {
        const struct spoke *spoke = &radar->spokes[i];
        if (spoke->has_interval)
            (void)picture_line(picture, TONE_INK, 2, number_point(radar, i, spoke->low), number_point(radar, i, spoke->high));
        struct mark *dot = picture_dot(picture, spoke->tone, 4, points[i]);
        dot->hollow = spoke->hollow;
        dot->tip = spoke->tip;
        struct point around = spoke_point(radar, i, radar->scale.to + 14);
        struct mark *number = picture_text(picture, text_tone(spoke->tone), (struct point){around.x, around.y + 4}, ANCHOR_MIDDLE,
                                           span_of(spoke->number));
        number->bold = spoke->tone != TONE_UNDECIDED;
    }
}

/* What band and dots are, and the items by their numbers.
 * gives   *bottom  where the picture ends */
static enum status words_draw(const struct radar *radar, double top, double *bottom)
{
    static const char *const keys[] = {"chart.radar.band", "chart.radar.got", "chart.radar.open"};
    struct picture *picture = radar->chart.picture;
    struct key_entry *entries = arena_array(picture->ctx->arena, radar->count + 1u, sizeof *entries);
    if (!entries)
        return ctx_no_memory(picture->ctx);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        top += 16;
        (void)picture_text(
            picture, TONE_SOFT, (struct point){0, top}, ANCHOR_START,
            text_within(picture, words_or_english(radar->chart.head->language, keys[i]), SMALL_PX, picture->width));
    }
    for (uint32_t i = 0; i < radar->count; i++)
        entries[i] = (struct key_entry){radar->spokes[i].number, radar->spokes[i].label, radar->spokes[i].tone};
    *bottom = map_key_draw(picture, top + 14, entries, radar->count);
    char count[32];
    (void)snprintf(count, sizeof count, "%u", radar->count);
    const struct phrase_word words[] = {{"count", count}, {NULL, NULL}};
    return phrase_make(picture->ctx, radar->chart.head->language, "chart.radar.description", words, &picture->description);
}

static enum status zone_radar_draw(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                                   enum chart_room room, struct picture *out)
{
    struct radar radar = {
        .chart = {.ctx = ctx, .head = head, .block = block, .table = released_table_view(block->table), .picture = out}};
    uint32_t whole = 0;
    double bottom = 0;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < block_rows(block); i++)
        whole += row_is_whole(radar.chart.table, block_row(block, i));
    if (whole < SPOKES_FEWEST || whole > SPOKES_MOST)
        return picture_end(out, 0);
    for (uint32_t i = 0; i < block_rows(block) && !status; i++)
        if (row_is_whole(radar.chart.table, block_row(block, i)))
            status = spoke_make(&radar, block_row(block, i));
    if (status)
        return status;
    radar.centre = (struct point){out->width / 2, radii[room] + AROUND_PX};
    scale_find(&radar, radii[room]);
    band_draw(&radar);
    grid_draw(&radar);
    got_draw(&radar);
    ticks_draw(&radar);
    status = words_draw(&radar, 2 * (radii[room] + AROUND_PX), &bottom);
    return status ? status : picture_end(out, bottom + 4);
}

const struct chart chart_zone_radar = {
    .name = "zone_radar",
    .meaning =
        "The zone of tolerance as LibQUAL+ shows it: a spoke per item, a ring from minimum to desired, and what customers got.",
    .draw = zone_radar_draw,
};
