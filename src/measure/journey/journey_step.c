/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "measure/journey/journey_cases.h"
#include "measure/working_room.h"

enum { FROM, TO, N, REACH_MEDIAN, REACH_MEAN, STEPS, SHARE, STEP_MEDIAN, COLUMNS };

#define TOUCHPOINTS_SHOWN 50u

#define HOURS "hours"
static const struct column columns[COLUMNS] = {
    [FROM] = {"from", "From", "", "A touchpoint.", 0, COLUMN_KEY, true, false},
    [TO] = {"to", "To", "", "One that is met after it, at once or later.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "Journeys", "journeys", "Journeys that meet the second one after their first visit to the first.", 0,
           COLUMN_COUNT, true, false},
    [REACH_MEDIAN] = {"reach_median", "Median time", HOURS, "Median time from that visit until then.", 2, COLUMN_NUMBER, true,
                      false},
    [REACH_MEAN] = {"reach_mean", "Mean time", HOURS, "Mean time from that visit until then.", 2, COLUMN_NUMBER, false, false},
    [STEPS] = {"steps", "Steps", "steps", "How often the second follows the first with nothing between.", 0, COLUMN_COUNT, true,
               false},
    [SHARE] = {"share", "Of its steps", "share", "Share of all steps from the first that lead to the second.", 2, COLUMN_NUMBER,
               true, true},
    [STEP_MEDIAN] = {"step_median", "Median step", HOURS, "Median time of such a step.", 2, COLUMN_NUMBER, false, false},
};

/* One journey that gets from here to there, or one step. */
struct passage {
    uint32_t to;
    uint32_t row;
    double hours;
};

/* All that leaves one touchpoint. */
struct passages {
    struct passage *reached, *steps; /* by where they lead, then by time */
    size_t reached_count, step_count;
};

/* By where it leads, then by time. */
static int passages_compare(const void *a, const void *b)
{
    const struct passage *x = a, *y = b;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return (x->hours > y->hours) - (x->hours < y->hours);
}

/* Hours between two moments; 0 without times. */
static double hours_between(struct journey journey, size_t from, size_t to)
{
    if (journey.at[from].time_ms == MOMENT_NO_TIME)
        return 0;
    return (double)(journey.at[to].time_ms - journey.at[from].time_ms) / MS_PER_HOUR;
}

/* Is a moment met after the first visit? Another touchpoint also at the same time; without times what stands later. */
static bool comes_after(struct journey journey, size_t first, size_t t)
{
    if (journey.at[first].time_ms == MOMENT_NO_TIME || journey.at[t].touchpoint == journey.at[first].touchpoint)
        return t > first;
    return journey.at[t].time_ms >= journey.at[first].time_ms;
}

/* The passages of one journey from a touchpoint.
 * takes   met  [touchpoints] the row + 1 in which each was met last */
static void journey_pass(struct journey journey, uint32_t row, uint32_t from, uint32_t *met, struct passages *out)
{
    size_t first = 0;
    while (first < journey.count && journey.at[first].touchpoint != from)
        first++;
    if (first == journey.count)
        return;
    for (size_t t = 0; t < journey.count; t++) {
        uint32_t to = journey.at[t].touchpoint;
        if (met[to] != row + 1 && comes_after(journey, first, t)) {
            met[to] = row + 1;
            out->reached[out->reached_count++] = (struct passage){to, row, hours_between(journey, first, t)};
        }
        if (t > 0 && journey.at[t - 1].touchpoint == from)
            out->steps[out->step_count++] = (struct passage){to, row, hours_between(journey, t - 1, t)};
    }
}

/* All passages from a touchpoint, in order.
 * fails   STATUS_MEMORY
 * cost    time moments log moments */
static enum status passages_find(struct ctx *room, const struct measuring *measuring, const struct case_matrix *matrix,
                                 uint32_t from, struct passages *out)
{
    size_t moments = 0;
    for (size_t i = 0; i < matrix->rows; i++)
        moments += journey_of(measuring, matrix->cases[i]).count;
    uint32_t *met = arena_array(room->arena, measuring->pairs->answers->touchpoint_count + 1u, sizeof *met);
    *out = (struct passages){.reached = arena_array(room->arena, moments + 1, sizeof *out->reached),
                             .steps = arena_array(room->arena, moments + 1, sizeof *out->steps)};
    if (!met || !out->reached || !out->steps)
        return ctx_no_memory(room);
    for (size_t i = 0; i < matrix->rows; i++)
        journey_pass(journey_of(measuring, matrix->cases[i]), (uint32_t)i, from, met, out);
    qsort(out->reached, out->reached_count, sizeof *out->reached, passages_compare);
    qsort(out->steps, out->step_count, sizeof *out->steps, passages_compare);
    return STATUS_OK;
}

/* Where the passages to one touchpoint begin.
 * gives   *count  how many there are */
static const struct passage *passages_to(const struct passage *all, size_t all_count, uint32_t to, size_t *count)
{
    size_t first = 0;
    while (first < all_count && all[first].to < to)
        first++;
    *count = 0;
    while (first + *count < all_count && all[first + *count].to == to)
        ++*count;
    return all + first;
}

/* The median time of passages that are in order. */
static double passages_median(const struct passage *all, size_t count)
{
    return (all[(count - 1) / 2].hours + all[count / 2].hours) / 2;
}

/* Times of those who get there.
 * needs   count >= 1
 * blank   no times -> not_asked; the median with weights -> weighted */
static void fill_reach(const struct measuring *measuring, const struct case_matrix *matrix, const struct passage *reached,
                       size_t count, struct value *values)
{
    double w = 0, wx = 0;
    for (size_t i = 0; i < count; i++) {
        double weight = matrix->weights ? matrix->weights[reached[i].row] : 1;
        w += weight;
        wx += weight * reached[i].hours;
    }
    values[REACH_MEDIAN] = value_number(passages_median(reached, count));
    values[REACH_MEAN] = value_number(wx / w);
    if (matrix->weights)
        values[REACH_MEDIAN] = value_blank(REASON_WEIGHTED);
    if (!journeys_timed(measuring->pairs->study))
        values_blank(values + REACH_MEDIAN, 2, REASON_NOT_ASKED);
}

/* Steps with nothing between.
 * blank   as fill_reach; no step -> too_few */
static void fill_steps(const struct measuring *measuring, const struct case_matrix *matrix, const struct passages *passages,
                       uint32_t to, struct value *values)
{
    size_t count = 0;
    double all = 0, here = 0;
    const struct passage *steps = passages_to(passages->steps, passages->step_count, to, &count);
    for (size_t i = 0; i < passages->step_count; i++) {
        double weight = matrix->weights ? matrix->weights[passages->steps[i].row] : 1;
        all += weight;
        here += passages->steps[i].to == to ? weight : 0;
    }
    values[STEPS] = value_count(count);
    values[SHARE] = all > 0 ? value_number(here / all) : value_blank(REASON_TOO_FEW);
    values[STEP_MEDIAN] = count ? value_number(passages_median(steps, count)) : value_blank(REASON_TOO_FEW);
    if (count && matrix->weights)
        values[STEP_MEDIAN] = value_blank(REASON_WEIGHTED);
    if (!journeys_timed(measuring->pairs->study))
        values[STEP_MEDIAN] = value_blank(REASON_NOT_ASKED);
}

/* The distinct respondents of some passages, each of a row of its own.
 * fails   STATUS_MEMORY */
static enum status support_find(struct ctx *room, const struct measuring *measuring, const struct case_matrix *matrix,
                                const struct passage *reached, size_t count, uint64_t *out)
{
    *out = count;
    if (!measuring->pairs->repeats)
        return STATUS_OK;
    bool *marks = arena_array(room->arena, matrix->rows + 1, sizeof *marks);
    if (!marks)
        return ctx_no_memory(room);
    for (size_t i = 0; i < count; i++)
        marks[reached[i].row] = true;
    return case_respondents(room, measuring, matrix, marks, out);
}

/* What the rows of one touchpoint are made with. */
struct step_rows {
    struct ctx *lasting; /* of the table */
    const struct measuring *measuring;
    struct table *table;
    uint32_t group;
    const struct case_matrix *matrix;
    struct touchpoint_choice choice;
};

/* The rows that leave one touchpoint.
 * fails   STATUS_MEMORY */
static enum status from_rows(struct ctx *room, const struct step_rows *rows, uint32_t place)
{
    const struct answers *answers = rows->measuring->pairs->answers;
    const struct touchpoint_choice *choice = &rows->choice;
    struct passages passages;
    uint32_t from = choice->touchpoints[place];
    enum status status = passages_find(room, rows->measuring, rows->matrix, from, &passages);
    for (uint32_t t = 0; t < choice->count && !status; t++) {
        size_t count = 0;
        uint32_t to = choice->touchpoints[t];
        struct row *row = NULL;
        const struct passage *reached = passages_to(passages.reached, passages.reached_count, to, &count);
        if (!count)
            continue;
        status = group_row_add(rows->lasting, rows->measuring, rows->table, rows->group, place * choice->count + t, &row);
        if (!status)
            status = support_find(room, rows->measuring, rows->matrix, reached, count, &row->support);
        if (status)
            return status;
        row->values[FROM] = value_text(answers->touchpoint_names[from]);
        row->values[TO] = value_text(answers->touchpoint_names[to]);
        row->values[N] = value_count(count);
        fill_reach(rows->measuring, rows->matrix, reached, count, row->values);
        fill_steps(rows->measuring, rows->matrix, &passages, to, row->values);
    }
    return status;
}

/* The rows of one group.
 * fails   STATUS_MEMORY */
static enum status group_rows(struct ctx *room, struct step_rows *rows)
{
    const struct measuring *measuring = rows->measuring;
    struct journeys journeys;
    enum status status = journeys_find(room, measuring, &measuring->set->groups[rows->group], &journeys);
    rows->matrix = &journeys.matrix;
    for (uint32_t from = 0; from < rows->choice.count && !status; from++) {
        struct ctx own;
        status = room_open(room, &own);
        if (!status)
            status = room_close(room, &own, from_rows(&own, rows, from));
    }
    rows->matrix = NULL;
    return status;
}

/* One row per group and pair of touchpoints that some journey meets in this order.
 * source  [F81] */
static enum status journey_step_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    struct step_rows rows = {.lasting = ctx, .measuring = measuring, .table = table};
    enum status status = touchpoints_choose(ctx, measuring, TOUCHPOINTS_SHOWN, &rows.choice);
    for (rows.group = 0; rows.group < measuring->set->group_count && !status; rows.group++) {
        struct ctx room;
        status = room_open(ctx, &room);
        if (!status)
            status = room_close(ctx, &room, group_rows(&room, &rows));
    }
    if (!status)
        status = touchpoints_note(ctx, &rows.choice, table);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_journey_step = {
    .name = "journey_step",
    .title = "From touchpoint to touchpoint",
    .meaning = "How many journeys get from one touchpoint to another, how long that takes, and which step follows which at once.",
    .formula = "F81",
    .source = "van der Aalst 2016",
    .example = "gapmeter analyze log.csv --study study.json --table journey_step",
    .needs = NEED_CASES,
    .journeys = true,
    .minimum_n = 1,
    .order = 225,
    .columns = columns,
    .column_count = COLUMNS,
    .run = journey_step_run,
};
