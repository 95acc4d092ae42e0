/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/chart/item_map.h"

#include <math.h>
#include <stdio.h>

#include "render/chart/label_placement.h"
#include "render/chart/layout.h"
#include "render/chart/map_key.h"
#include "render/chart/row_frame.h"

#define DOT_PX    5.0
#define LEFT_PX   40.0 /* numbers of the axis that goes up */
#define TOP_PX    26.0 /* the name of that axis */
#define FIELD_PX  30.0 /* room for the names of the fields, where no dot lies */
#define SIDE_PX   12.0 /* the same at both sides */
#define LETTERS   32u  /* a longer label does not stand beside its dot */
#define LABELS    14u  /* so many words beside dots can be read */
#define HALF_LINE 1.5

static const double heights[ROOM_COUNT] = {[ROOM_WIDE] = 420, [ROOM_NARROW] = 330, [ROOM_PAPER] = 400};

struct map_drawing {
    struct picture *picture;
    const struct item_map *map;
    struct axis x, y;
    struct label_box plot;
    struct label_box taken[MAP_FIELDS]; /* the names of the fields */
    struct label_box *shunned;          /* lines and intervals */
    size_t shunned_count;
};

void map_ends(const double *numbers, uint32_t count, double shortest, double *least, double *most)
{
    *least = HUGE_VAL;
    *most = -HUGE_VAL;
    for (uint32_t i = 0; i < count; i++) {
        *least = fmin(*least, numbers[i]);
        *most = fmax(*most, numbers[i]);
    }
    double missing = fmax(0, shortest - (*most - *least)) / 2;
    *least -= missing;
    *most += missing;
}

static struct point place_of(const struct map_drawing *drawing, struct point number)
{
    return (struct point){axis_place(&drawing->x, number.x), axis_place(&drawing->y, number.y)};
}

static void shun(struct map_drawing *drawing, struct point a, struct point b)
{
    drawing->shunned[drawing->shunned_count++] = (struct label_box){fmin(a.x, b.x) - HALF_LINE, fmin(a.y, b.y) - HALF_LINE,
                                                                    fmax(a.x, b.x) + HALF_LINE, fmax(a.y, b.y) + HALF_LINE};
}

/* The name of a field in its corner. */
static void field_draw(struct map_drawing *drawing, enum map_field field)
{
    bool right = field == FIELD_RIGHT_TOP || field == FIELD_RIGHT_BOTTOM;
    bool bottom = field == FIELD_LEFT_BOTTOM || field == FIELD_RIGHT_BOTTOM;
    const struct label_box *plot = &drawing->plot;
    struct span words = text_within(drawing->picture, drawing->map->fields[field], SMALL_PX, (plot->right - plot->left) / 2 - 8);
    double width = picture_text_width(words, SMALL_PX), left = right ? plot->right - 4 - width : plot->left + 4;
    double base = bottom ? plot->bottom - 6 : plot->top + 14;
    drawing->taken[field] = (struct label_box){left, base - 11, left + width, base + 3};
    (void)picture_text(drawing->picture, TONE_SOFT, (struct point){right ? plot->right - 4 : left, base},
                       right ? ANCHOR_END : ANCHOR_START, words);
}

static void tick_text(const struct map_drawing *drawing, const struct tick *tick, struct point at, enum anchor anchor)
{
    struct picture *picture = drawing->picture;
    const char *text = drawing->map->percent ? arena_format(picture->ctx->arena, "%.0f %%", tick->number * 100)
                                             : arena_copy(picture->ctx->arena, span_of(tick->text));
    picture->failed = picture->failed || !text;
    (void)picture_text(picture, TONE_SOFT, at, anchor, span_of(text ? text : ""));
}

static void ticks_draw(const struct map_drawing *drawing)
{
    const struct label_box *plot = &drawing->plot;
    struct tick ticks[32];
    unsigned count = axis_ticks(&drawing->x, (unsigned)fmax(2, (plot->right - plot->left) / 55), ticks);
    for (unsigned i = 0; i < count; i++) {
        double x = axis_place(&drawing->x, ticks[i].number);
        (void)picture_line(drawing->picture, TONE_GRID, 1, (struct point){x, plot->top}, (struct point){x, plot->bottom});
        tick_text(drawing, &ticks[i], (struct point){x, plot->bottom + 15}, ANCHOR_MIDDLE);
    }
    count = axis_ticks(&drawing->y, (unsigned)fmax(2, (plot->bottom - plot->top) / 50), ticks);
    for (unsigned i = 0; i < count; i++) {
        double y = axis_place(&drawing->y, ticks[i].number);
        (void)picture_line(drawing->picture, TONE_GRID, 1, (struct point){plot->left, y}, (struct point){plot->right, y});
        tick_text(drawing, &ticks[i], (struct point){plot->left - 6, y + 4}, ANCHOR_END);
    }
}

/* The ground of the map: ticks, the two lines, the names of axes and fields. */
static void ground_draw(struct map_drawing *drawing)
{
    const struct label_box *plot = &drawing->plot;
    const struct item_map *map = drawing->map;
    struct point lines = place_of(drawing, map->lines);
    struct picture *picture = drawing->picture;
    ticks_draw(drawing);
    (void)picture_line(picture, TONE_SOFT, 1, (struct point){lines.x, plot->top}, (struct point){lines.x, plot->bottom});
    (void)picture_line(picture, TONE_SOFT, 1, (struct point){plot->left, lines.y}, (struct point){plot->right, lines.y});
    shun(drawing, (struct point){lines.x, plot->top}, (struct point){lines.x, plot->bottom});
    shun(drawing, (struct point){plot->left, lines.y}, (struct point){plot->right, lines.y});
    (void)picture_text(picture, TONE_SOFT, (struct point){0, 13}, ANCHOR_START,
                       text_within(picture, map->up, SMALL_PX, plot->right));
    (void)picture_text(picture, TONE_SOFT, (struct point){plot->right, plot->bottom + 32}, ANCHOR_END,
                       text_within(picture, map->across, SMALL_PX, plot->right));
    for (enum map_field field = 0; field < MAP_FIELDS; field++)
        field_draw(drawing, field);
}

/* Intervals first, so that no line crosses a dot. */
static void items_draw(struct map_drawing *drawing)
{
    struct picture *picture = drawing->picture;
    for (uint32_t i = 0; i < drawing->map->count; i++) {
        const struct map_item *item = &drawing->map->items[i];
        if (!item->has_interval)
            continue;
        struct point at = place_of(drawing, item->at), low = place_of(drawing, item->low), high = place_of(drawing, item->high);
        (void)picture_line(picture, item->tone, 1, (struct point){low.x, at.y}, (struct point){high.x, at.y});
        (void)picture_line(picture, item->tone, 1, (struct point){at.x, low.y}, (struct point){at.x, high.y});
        shun(drawing, (struct point){low.x, at.y}, (struct point){high.x, at.y});
        shun(drawing, (struct point){at.x, low.y}, (struct point){at.x, high.y});
    }
    for (uint32_t i = 0; i < drawing->map->count; i++) {
        const struct map_item *item = &drawing->map->items[i];
        struct mark *dot = picture_dot(picture, item->tone, DOT_PX, place_of(drawing, item->at));
        dot->hollow = item->hollow;
        dot->tip = item->tip;
    }
}

static enum status labels_find(const struct map_drawing *drawing, const char *const *texts, struct dot_label *labels,
                               bool *placed)
{
    const struct item_map *map = drawing->map;
    const struct label_room room = {.whole = drawing->plot,
                                    .taken = drawing->taken,
                                    .taken_count = MAP_FIELDS,
                                    .shunned = drawing->shunned,
                                    .shunned_count = drawing->shunned_count};
    for (uint32_t i = 0; i < map->count; i++)
        labels[i] = (struct dot_label){.dot = place_of(drawing, map->items[i].at),
                                       .radius = DOT_PX,
                                       .width = picture_text_width(span_of(texts[i]), SMALL_PX),
                                       .height = SMALL_PX};
    return labels_place(drawing->picture->ctx, &room, labels, map->count, placed);
}

/* A line from the edge of a dot to the label that stands apart from it. */
static void lead_draw(struct picture *picture, const struct dot_label *label)
{
    double x = label->lead.x - label->dot.x, y = label->lead.y - label->dot.y, far = hypot(x, y);
    double share = far > label->radius ? label->radius / far : 1;
    (void)picture_line(picture, TONE_SOFT, 1, (struct point){label->dot.x + share * x, label->dot.y + share * y}, label->lead);
}

/* A label begins or ends beside its dot, so that a font wider than the estimate does not run into it. */
static void label_write(struct picture *picture, const struct dot_label *label, enum tone tone, const char *text)
{
    const struct label_box *box = &label->box;
    bool left = box->right <= label->dot.x - label->radius, right = box->left >= label->dot.x + label->radius;
    enum anchor anchor = left ? ANCHOR_END : right ? ANCHOR_START : ANCHOR_MIDDLE;
    double x = left ? box->right : right ? box->left : (box->left + box->right) / 2;
    (void)picture_text(picture, tone, (struct point){x, box->bottom - 2.5}, anchor, span_of(text));
}

static void labels_draw(const struct map_drawing *drawing, const char *const *texts, const struct dot_label *labels)
{
    struct picture *picture = drawing->picture;
    for (uint32_t i = 0; i < drawing->map->count; i++)
        if (labels[i].led)
            lead_draw(picture, &labels[i]);
    for (uint32_t i = 0; i < drawing->map->count; i++)
        if (labels[i].placed)
            label_write(picture, &labels[i], text_tone(drawing->map->items[i].tone), texts[i]);
}

static bool labels_are_short(const struct item_map *map)
{
    if (map->count > LABELS)
        return false;
    for (uint32_t i = 0; i < map->count; i++)
        if (text_width(span_of(map->items[i].label)) > LETTERS)
            return false;
    return true;
}

/* The list of what the numbers stand for.
 * gives   where it ends */
static double key_draw(const struct map_drawing *drawing, const char *const *numbers, double top)
{
    struct picture *picture = drawing->picture;
    struct key_entry *entries = arena_array(picture->ctx->arena, drawing->map->count + 1u, sizeof *entries);
    picture->failed = picture->failed || !entries;
    for (uint32_t i = 0; entries && i < drawing->map->count; i++)
        entries[i] = (struct key_entry){numbers[i], drawing->map->items[i].label, drawing->map->items[i].tone};
    return entries ? map_key_draw(picture, top, entries, drawing->map->count) : top;
}

/* Words beside the dots, or numbers and a list.
 * gives   *bottom  where the picture ends */
static enum status names_draw(const struct map_drawing *drawing, double top, double *bottom)
{
    struct ctx *ctx = drawing->picture->ctx;
    uint32_t count = drawing->map->count;
    const char **words = arena_array(ctx->arena, 2 * (size_t)count + 1, sizeof *words);
    struct dot_label *labels = arena_array(ctx->arena, count + 1u, sizeof *labels);
    bool placed = false;
    if (!words || !labels)
        return ctx_no_memory(ctx);
    const char **numbers = words + count;
    for (uint32_t i = 0; i < count; i++) {
        words[i] = drawing->map->items[i].label;
        numbers[i] = arena_format(ctx->arena, "%u", i + 1);
        if (!numbers[i])
            return ctx_no_memory(ctx);
    }
    *bottom = top;
    enum status status = labels_are_short(drawing->map) ? labels_find(drawing, words, labels, &placed) : STATUS_OK;
    if (!status && placed) {
        labels_draw(drawing, words, labels);
        return STATUS_OK;
    }
    if (!status)
        status = labels_find(drawing, numbers, labels, &placed);
    if (status)
        return status;
    labels_draw(drawing, numbers, labels);
    *bottom = key_draw(drawing, numbers, top + 8);
    return STATUS_OK;
}

/* What filled and hollow dots are, side by side where there is room.
 * gives   where it ends */
static double legends_draw(const struct map_drawing *drawing, double top)
{
    const char *const *legends = drawing->map->legends;
    struct picture *picture = drawing->picture;
    double first = picture_text_width(span_of(legends[0]), SMALL_PX) + 16;
    bool beside = first + picture_text_width(span_of(legends[1]), SMALL_PX) <= picture->width;
    if (!*legends[0])
        return top;
    (void)picture_text(picture, TONE_SOFT, (struct point){0, top + 12}, ANCHOR_START,
                       text_within(picture, legends[0], SMALL_PX, picture->width));
    (void)picture_text(picture, TONE_SOFT, (struct point){beside ? first : 0, top + (beside ? 12 : 28)}, ANCHOR_START,
                       text_within(picture, legends[1], SMALL_PX, picture->width));
    return top + (beside ? 20 : 36);
}

enum status item_map_draw(const struct item_map *map, enum chart_room room, struct picture *picture)
{
    struct map_drawing drawing = {.picture = picture, .map = map};
    drawing.plot = (struct label_box){LEFT_PX, TOP_PX, picture->width - 8, TOP_PX + heights[room]};
    drawing.x = (struct axis){map->least.x, map->most.x, drawing.plot.left + SIDE_PX, drawing.plot.right - SIDE_PX};
    drawing.y = (struct axis){map->least.y, map->most.y, drawing.plot.bottom - FIELD_PX, drawing.plot.top + FIELD_PX};
    drawing.shunned = arena_array(picture->ctx->arena, 2 * (size_t)map->count + 2, sizeof *drawing.shunned);
    if (!drawing.shunned)
        return ctx_no_memory(picture->ctx);
    ground_draw(&drawing);
    items_draw(&drawing);
    double bottom = drawing.plot.bottom + 40;
    bottom = legends_draw(&drawing, bottom);
    enum status status = names_draw(&drawing, bottom, &bottom);
    return status ? status : picture_end(picture, bottom + 4);
}
