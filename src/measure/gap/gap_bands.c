/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/gap/gap_resampling.h"
#include "measure/gap/gap_row.h"
#include "measure/mean_error.h"
#include "numeric/net_share.h"

enum {
    ITEM,
    DIMENSION,
    N,
    ROOM_USED_UP,
    ROOM_USED_DOWN,
    CEILING_SHARE,
    FLOOR_SHARE,
    SHARE_TWO_BELOW,
    SHARE_ONE_BELOW,
    SHARE_EQUAL,
    SHARE_ONE_ABOVE,
    SHARE_TWO_ABOVE,
    NET,
    NET_LOW,
    NET_HIGH,
    COLUMNS
};

static const struct column columns[COLUMNS] = {
    [ITEM] = {"item", "Item", "", "The item.", 0, COLUMN_KEY, true, false},
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension it belongs to.", 0, COLUMN_KEY, false, false},
    [N] = {"n", "n", "pairs", "Pairs: encounters with an expectation and a perception of the item.", 0, COLUMN_COUNT, false,
           false},
    [ROOM_USED_UP] = {"room_used_up", "Room used up", "share",
                      "Of those who got more than expected: the mean share of the room above their expectation that was used.", 2,
                      COLUMN_NUMBER, false, true},
    [ROOM_USED_DOWN] = {"room_used_down", "Room used down", "share",
                        "Of those who got less: the mean share of the room below their expectation that was used; negative.", 2,
                        COLUMN_NUMBER, false, true},
    [CEILING_SHARE] = {"ceiling_share", "At the top", "share", "Share whose expectation leaves no room above.", 2, COLUMN_NUMBER,
                       false, true},
    [FLOOR_SHARE] = {"floor_share", "At the bottom", "share", "Share whose expectation leaves no room below.", 2, COLUMN_NUMBER,
                     false, true},
    [SHARE_TWO_BELOW] = {"share_two_below", "−2 or less", "share", "Share who got at least two steps of the scale less.", 2,
                         COLUMN_NUMBER, true, true},
    [SHARE_ONE_BELOW] = {"share_one_below", "−1", "share", "Share who got one step less.", 2, COLUMN_NUMBER, true, true},
    [SHARE_EQUAL] = {"share_equal", "0", "share", "Share who got just what they expected.", 2, COLUMN_NUMBER, true, true},
    [SHARE_ONE_ABOVE] = {"share_one_above", "+1", "share", "Share who got one step more.", 2, COLUMN_NUMBER, true, true},
    [SHARE_TWO_ABOVE] = {"share_two_above", "+2 or more", "share", "Share who got at least two steps more.", 2, COLUMN_NUMBER,
                         true, true},
    [NET] = {"net", "Net", "share", "Share who got more less share who got less.", 2, COLUMN_NUMBER, true, true},
    [NET_LOW] = {"net_low", "Net low", "share", "Lower end of the interval of the net share (multinomial).", 2, COLUMN_NUMBER,
                 false, true},
    [NET_HIGH] = {"net_high", "Net high", "share", "Upper end of the interval of the net share (multinomial).", 2, COLUMN_NUMBER,
                  false, true},
};

/* A mean of shares of room: Σ w·share and Σ w of those it is about. */
struct room {
    double sum;
    struct weight_sum of;
};

/* What is added up over the pairs of an item. */
struct bands {
    struct weight_sum all, floor, ceiling, band[5]; /* <= −2, −1, 0, +1, >= +2 steps */
    struct room up, down;
};

/* Which of the five bands a gap in steps falls into. */
static unsigned band_of(int gap)
{
    if (gap < -2)
        gap = -2;
    if (gap > 2)
        gap = 2;
    return (unsigned)(gap + 2);
}

/* Adds one cell's share of the room that its expectation leaves.
 * takes   weight of one unit, so that sums stay near n */
static void room_add(struct room *room, const struct weight_sum *sum, int gap, int room_steps)
{
    weight_sum_add(&room->of, sum);
    room->sum += (double)sum->w * ((double)gap / (double)room_steps);
}

/* Adds up one item, in the order of its cells, which is sorted. */
static void bands_find(const struct joint *joint, struct bands *out)
{
    *out = (struct bands){.all = {.n = 0}};
    int top = (int)joint->scale->steps;
    for (size_t i = 0; i < joint->cell_count; i++) {
        const struct joint_cell *cell = &joint->cells[i];
        if (!cell->code[0] || !cell->code[1])
            continue;
        int e = cell->code[0], gap = (int)cell->code[1] - e;
        weight_sum_add(&out->all, &cell->sum);
        weight_sum_add(&out->band[band_of(gap)], &cell->sum);
        if (e == 1)
            weight_sum_add(&out->floor, &cell->sum);
        if (e == top)
            weight_sum_add(&out->ceiling, &cell->sum);
        if (gap > 0)
            room_add(&out->up, &cell->sum, gap, top - e);
        if (gap < 0)
            room_add(&out->down, &cell->sum, gap, e - 1);
    }
}

/* The mean share of room; nobody there is no_pairs. */
static struct value room_value(const struct room *room)
{
    if (room->of.n == 0)
        return value_blank(REASON_NO_PAIRS);
    return value_number(room->sum / (double)room->of.w);
}

/* Those above less those below, and the interval of that.
 * blank   the error of the net share is not counted within clusters or strata -> clustered, stratified */
static void fill_net(const struct measuring *measuring, const struct bands *bands, struct value *values)
{
    struct weight_sum above = bands->band[3], below = bands->band[1];
    weight_sum_add(&above, &bands->band[4]);
    weight_sum_add(&below, &bands->band[0]);
    values[NET] = value_number(wide_ratio(wide_from(above.w - below.w), wide_from(bands->all.w)));
    if (design_blank(measuring)) {
        values[NET_LOW] = values[NET_HIGH] = value_blank(design_blank(measuring));
        return;
    }
    struct exact_weight all = exact_weight_of(&bands->all);
    double count = 0;
    struct interval interval = {0};
    enum undefined undefined = exact_effective_count(&all, &count);
    if (!undefined)
        undefined = net_share_interval(share_of(&above, &bands->all).number, share_of(&below, &bands->all).number, count,
                                       measuring->confidence, &interval);
    values[NET_LOW] = value_of(undefined, interval.low);
    values[NET_HIGH] = value_of(undefined, interval.high);
}

/* Fills the figures of one item. */
static void fill_bands(const struct measuring *measuring, const struct bands *bands, struct value *values)
{
    values_blank(values + N, COLUMNS - N, REASON_NO_PAIRS);
    values[N] = value_count(bands->all.n);
    if (bands->all.n == 0)
        return;
    values[ROOM_USED_UP] = room_value(&bands->up);
    values[ROOM_USED_DOWN] = room_value(&bands->down);
    values[CEILING_SHARE] = share_of(&bands->ceiling, &bands->all);
    values[FLOOR_SHARE] = share_of(&bands->floor, &bands->all);
    for (unsigned b = 0; b < 5; b++)
        values[SHARE_TWO_BELOW + b] = share_of(&bands->band[b], &bands->all);
    fill_net(measuring, bands, values);
}

/* One row: one item of one group. */
static enum status row_make(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t group,
                            uint32_t item)
{
    const struct study *study = measuring->pairs->study;
    const struct joint *joint = &measuring->set->groups[group].pairs[item];
    struct row *row = NULL;
    enum status status = item_row_add(ctx, measuring, table, group, item, &row);
    if (status)
        return status;
    row->support = joint->respondents;
    if (!study_asks(study, STANDARD_EXPECTATION, item) || !study_asks(study, STANDARD_PERCEPTION, item)) {
        values_blank(row->values + N, COLUMNS - N, REASON_NOT_ASKED);
        return STATUS_OK;
    }
    struct bands bands;
    bands_find(joint, &bands);
    fill_bands(measuring, &bands, row->values);
    return STATUS_OK;
}

/* One row per group and item.
 * source  [F5, F6, F54] */
static enum status gap_bands_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    enum status status = STATUS_OK;
    for (uint32_t g = 0; g < measuring->set->group_count; g++) {
        for (uint32_t i = 0; i < measuring->pairs->study->item_count && !status; i++)
            status = row_make(ctx, measuring, table, g, i);
    }
    if (!status)
        status = table_add_note(ctx, table, "note.gap.bands", NULL);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_gap_bands = {
    .name = "gap_bands",
    .title = "Gaps in bands",
    .meaning = "How many customers got much less, a little less, the same, a little more or much more than they expected, and "
               "how much of the room that their expectation left was used.",
    .formula = "F5, F6",
    .source = "Bands: after Ward & Gale; net interval: Rocks 2016; room: our own definition",
    .example = "gapmeter analyze answers.csv --study study.json --table gap_bands",
    .needs = NEED_PAIRS,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .minimum_n = 1,
    .by_default = false,
    .order = 40,
    .columns = columns,
    .column_count = COLUMNS,
    .run = gap_bands_run,
    .resample = gap_bands_resample,
};
