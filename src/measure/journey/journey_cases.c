/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/journey/journey_cases.h"

#include <stdlib.h>

#include "measure/resample_job.h"

struct journey journey_of(const struct measuring *measuring, uint32_t encounter)
{
    const struct answers *answers = measuring->pairs->answers;
    if (!answers->moments)
        return (struct journey){.count = 0};
    uint64_t begin = answers->moment_starts[encounter];
    return (struct journey){.at = answers->moments + begin, .count = (size_t)(answers->moment_starts[encounter + 1] - begin)};
}

bool journeys_timed(const struct study *study)
{
    return study->columns.time != NULL;
}

const struct scale *journey_scale(const struct study *study)
{
    const struct journey_columns *columns = &study->columns.journey;
    return study->columns.layout == LAYOUT_JOURNEY && columns->rating ? &columns->rating_scale : NULL;
}

enum status journeys_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group, struct journeys *out)
{
    struct case_matrix all;
    *out = (struct journeys){.longest = 0};
    enum status status = case_matrix_make(ctx, measuring, group, NULL, 0, &all);
    if (status)
        return status;
    bool *marks = arena_array(ctx->arena, all.rows + 1, sizeof *marks);
    double *values = arena_array(ctx->arena, all.rows + 1, sizeof *values);
    if (!marks || !values)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < all.rows; i++) {
        size_t count = journey_of(measuring, all.cases[i]).count;
        marks[i] = count > 0;
        out->longest = count > out->longest ? count : out->longest;
    }
    return marked_rows(ctx, measuring, &all, marks, values, &out->matrix);
}

/* A touchpoint and how often it was met. */
struct visited {
    uint64_t visits;
    uint32_t touchpoint;
};

/* The most visited first, then by name. */
static int visited_compare(const void *a, const void *b)
{
    const struct visited *x = a, *y = b;
    if (x->visits != y->visits)
        return x->visits > y->visits ? -1 : 1;
    return (x->touchpoint > y->touchpoint) - (x->touchpoint < y->touchpoint);
}

/* In the order of their names. */
static int touchpoint_compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

enum status touchpoints_choose(struct ctx *ctx, const struct measuring *measuring, uint32_t most, struct touchpoint_choice *out)
{
    const struct answers *answers = measuring->pairs->answers;
    uint32_t all = answers->touchpoint_count;
    struct visited *visited = arena_array(ctx->arena, all + 1u, sizeof *visited);
    uint32_t *touchpoints = arena_array(ctx->arena, all + 1u, sizeof *touchpoints);
    if (!visited || !touchpoints)
        return ctx_no_memory(ctx);
    for (uint32_t t = 0; t < all; t++)
        visited[t].touchpoint = t;
    for (uint64_t m = 0; m < answers->moment_count; m++)
        visited[answers->moments[m].touchpoint].visits++;
    qsort(visited, all, sizeof *visited, visited_compare);
    *out = (struct touchpoint_choice){.count = all < most ? all : most, .touchpoints = touchpoints};
    out->left_out = all - out->count;
    for (uint32_t t = 0; t < out->count; t++)
        touchpoints[t] = visited[t].touchpoint;
    qsort(touchpoints, out->count, sizeof *touchpoints, touchpoint_compare);
    return STATUS_OK;
}

enum status touchpoints_note(struct ctx *ctx, const struct touchpoint_choice *choice, struct table *table)
{
    if (!choice->left_out)
        return STATUS_OK;
    const struct note_word words[] = {note_count("shown", choice->count), note_count("others", choice->left_out), {.name = NULL}};
    return table_add_note(ctx, table, "note.journey.most_visited", words);
}

size_t journey_ratings(struct journey journey, double *room)
{
    size_t count = 0;
    for (size_t t = 0; t < journey.count; t++) {
        if (journey.at[t].code)
            room[count++] = journey.at[t].code - 1;
    }
    return count;
}

double journey_hours(struct journey journey)
{
    return (double)(journey.at[journey.count - 1].time_ms - journey.at[0].time_ms) / MS_PER_HOUR;
}

double sorted_quantile(const double *sorted, size_t count, double share)
{
    double place = (double)(count - 1) * share;
    size_t below = (size_t)place;
    if (below + 1 >= count)
        return sorted[count - 1];
    return sorted[below] + (place - (double)below) * (sorted[below + 1] - sorted[below]);
}

/* By size. */
static int numbers_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void numbers_sort(double *numbers, size_t count)
{
    qsort(numbers, count, sizeof *numbers, numbers_compare);
}

enum status marked_rows(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *from, const bool *marks,
                        const double *values, struct case_matrix *out)
{
    double *own = arena_array(ctx->arena, from->rows + 1, sizeof *own);
    enum status status = own ? resample_matrix_keep(ctx, from, marks, out) : ctx_no_memory(ctx);
    if (status)
        return status;
    size_t at = 0;
    for (size_t i = 0; i < from->rows; i++) {
        if (marks[i])
            own[at++] = values[i];
    }
    out->values = own;
    out->columns = 1;
    return case_respondents(ctx, measuring, from, marks, &out->respondents);
}
