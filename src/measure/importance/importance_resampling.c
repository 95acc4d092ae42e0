/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/importance/importance_resampling.h"

static const char *const statistics[] = {"weighted"};

/* What the persons of a group said of each part. */
struct said {
    const struct study *study;
    bool rating;
    size_t persons;
    uint32_t parts;
    double *gap, *importance;           /* [part × persons + person] */
    bool *has_gap, *has_importance;     /* the same */
    const struct importance_sum *asked; /* [parts] whether there is such a part */
};

/* Σw·v/Σw.
 * source  [F3, F4] */
static enum undefined weighted_figures(const struct drawn_sums *sums, double *out)
{
    if (!(sums->w > 0))
        return UNDEFINED_TOO_FEW;
    out[0] = sums->x[0] / sums->w;
    return DEFINED;
}

/* Reads gap and importance of one part.
 * fails   STATUS_MEMORY */
static enum status part_read(struct ctx *ctx, const struct measuring *measuring, const struct group *group, uint32_t part,
                             const struct said *said)
{
    size_t at = part * said->persons;
    const struct case_variable gap = {.of = said->rating ? CASE_ITEM : CASE_DIMENSION, .index = part, .gap = true};
    const struct case_variable importance = {
        .of = said->rating ? CASE_ITEM : CASE_POINTS, .index = part, .standard = STANDARD_IMPORTANCE};
    enum status status = resample_variable_read(ctx, measuring, group, &gap, said->gap + at, said->has_gap + at);
    if (!status)
        status = resample_variable_read(ctx, measuring, group, &importance, said->importance + at, said->has_importance + at);
    const struct scale *scale = said->rating ? &said->study->scales[said->study->columns.importance_scale] : NULL;
    if (!scale || scale->min.units >= 0)
        return status;
    for (size_t i = 0; i < said->persons; i++)
        said->importance[at + i] -= decimal_to_double(scale->min);
    return status;
}

/* Reads all parts.
 * fails   STATUS_MEMORY */
static enum status said_read(struct ctx *ctx, const struct measuring *measuring, const struct group *group, struct said *out)
{
    const struct study *study = measuring->pairs->study;
    size_t cells = (size_t)(group->importance_count - 1) * group->case_count + 1;
    *out = (struct said){.study = study,
                         .rating = study->columns.importance == IMPORTANCE_RATING,
                         .persons = group->case_count,
                         .parts = group->importance_count - 1,
                         .gap = arena_array(ctx->arena, cells, sizeof(double)),
                         .importance = arena_array(ctx->arena, cells, sizeof(double)),
                         .has_gap = arena_array(ctx->arena, cells, sizeof(bool)),
                         .has_importance = arena_array(ctx->arena, cells, sizeof(bool)),
                         .asked = group->importance};
    enum status status = out->gap && out->importance && out->has_gap && out->has_importance ? STATUS_OK : ctx_no_memory(ctx);
    for (uint32_t part = 0; part < out->parts && !status; part++)
        status = part_read(ctx, measuring, group, part, out);
    return status;
}

/* Has the person this part? Points that were not given beside others are none. */
static bool part_counts(const struct said *said, uint32_t part, size_t person)
{
    size_t at = part * said->persons + person;
    return !said->asked[part].blank && said->has_gap[at] && (said->has_importance[at] || !said->rating);
}

/* How much a person's importance adds up to, over the parts that count.
 * blank   the person's importance cannot be used: points far from 100, too few parts -> 0
 * source  [F3, F4] */
static double importance_of(const struct said *said, size_t person)
{
    double all = 0, of_parts = 0;
    uint32_t parts = 0, asked = 0;
    for (uint32_t part = 0; part < said->parts; part++) {
        double importance = said->importance[part * said->persons + person];
        bool counts = part_counts(said, part, person);
        all += said->has_importance[part * said->persons + person] ? importance : 0;
        of_parts += counts ? importance : 0;
        parts += counts;
        asked += !said->asked[part].blank;
    }
    bool usable = said->rating ? parts > 0 && 2 * parts >= asked : all >= 95 && all <= 105 && 2 * of_parts >= all;
    return usable && of_parts > 0 ? of_parts : 0;
}

/* A person's importance times gap: of one part, or (UINT32_MAX) of all together.
 * gives   false when the person does not count */
static bool weighted_of(const struct said *said, uint32_t index, size_t person, double *out)
{
    double importance = importance_of(said, person), sum = 0;
    bool any = false;
    for (uint32_t part = 0; part < said->parts && importance > 0; part++) {
        if ((index != UINT32_MAX && part != index) || !part_counts(said, part, person))
            continue;
        size_t at = part * said->persons + person;
        sum += said->importance[at] * said->gap[at];
        any = true;
    }
    *out = any ? sum / importance : 0;
    return any;
}

/* Makes one entry ready: the persons who count, with their weights and units.
 * source  [F25] */
static enum status weighted_job_make(struct ctx *ctx, const struct measuring *measuring, const struct resample_entry *entry,
                                     struct resample_job *out)
{
    const struct group *group = &measuring->set->groups[entry->group];
    const struct importance_sum *sum = &group->importance[entry->of];
    *out = (struct resample_job){.blank = sum->blank, .respondents = sum->respondents};
    if (sum->blank)
        return STATUS_OK;
    struct said said;
    struct case_matrix all, kept;
    enum status status = said_read(ctx, measuring, group, &said);
    if (!status)
        status = case_matrix_make(ctx, measuring, group, NULL, 0, &all);
    bool *keep = status ? NULL : arena_array(ctx->arena, all.rows + 1, sizeof *keep);
    double *x = status ? NULL : arena_array(ctx->arena, all.rows + 1, sizeof *x);
    if (status || !keep || !x)
        return status ? status : ctx_no_memory(ctx);
    size_t rows = 0;
    for (size_t i = 0; i < all.rows; i++) {
        keep[i] = weighted_of(&said, entry->index, i, &x[rows]);
        rows += keep[i];
    }
    const struct sum_source source = {.rows = rows, .columns = 1, .x = x, .figure_count = 1, .figures = weighted_figures};
    status = resample_matrix_keep(ctx, &all, keep, &kept);
    if (!status)
        status = resample_job_of_rows(ctx, &kept, &source, out);
    out->respondents = sum->respondents;
    return status;
}

enum status weighted_gap_resample(struct ctx *ctx, const struct measuring *measuring, uint32_t group, struct resample_list *list)
{
    const struct study *study = measuring->pairs->study;
    bool rating = study->columns.importance == IMPORTANCE_RATING;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < measuring->set->groups[group].importance_count && !status; i++) {
        uint32_t index = measuring->set->groups[group].importance[i].index;
        struct value none = value_blank(REASON_NOT_APPLICABLE);
        struct resample_entry entry = {.item = none,
                                       .dimension = value_text("overall"),
                                       .standard = none,
                                       .statistics = statistics,
                                       .count = 1,
                                       .group = group,
                                       .index = index,
                                       .of = i,
                                       .make = weighted_job_make};
        if (index != UINT32_MAX) {
            entry.item = rating ? item_key(study, index) : none;
            entry.dimension = dimension_key(study, rating ? study->items[index].dimension : index);
        }
        status = resample_list_add(ctx, list, &entry);
    }
    return status;
}
