/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/validity/surface_model.h"

#include "measure/group_parts.h"
#include "measure/outcome_list.h"

enum { EXPECTATION, PERCEPTION, OUTCOME, VARIABLES };

/* The scale of the first item of a dimension (UINT32_MAX: of all) of which both were asked; NULL when there is none. */
static const struct scale *topic_scale(const struct study *study, uint32_t dimension)
{
    for (uint32_t i = 0; i < study->item_count; i++) {
        bool meant = dimension == UINT32_MAX || study->items[i].dimension == dimension;
        if (meant && study_asks(study, STANDARD_EXPECTATION, i) && study_asks(study, STANDARD_PERCEPTION, i))
            return study_scale(study, STANDARD_PERCEPTION, i);
    }
    return NULL;
}

/* Expectation and perception over the same items, and the outcome. */
static void topic_variables(const struct study *study, const struct surface_topic *topic, struct case_variable out[VARIABLES])
{
    enum case_of of = topic->dimension != UINT32_MAX ? CASE_DIMENSION : study->dimension_count ? CASE_OVERALL : CASE_ITEMS_MEAN;
    uint32_t index = topic->dimension == UINT32_MAX ? 0 : topic->dimension;
    out[EXPECTATION] = (struct case_variable){.of = of, .index = index, .standard = STANDARD_EXPECTATION, .paired = true};
    out[PERCEPTION] = (struct case_variable){.of = of, .index = index, .standard = STANDARD_PERCEPTION, .paired = true};
    out[OUTCOME] = (struct case_variable){.of = CASE_OUTCOME, .index = topic->outcome};
}

enum status surface_model_make(struct ctx *ctx, const struct measuring *measuring, const struct surface_topic *topic,
                               struct surface_model *out)
{
    const struct study *study = measuring->pairs->study;
    struct case_variable variables[VARIABLES];
    topic_variables(study, topic, variables);
    *out = (struct surface_model){.scale = topic_scale(study, topic->dimension)};
    const struct case_wish wish = {.variables = variables, .count = VARIABLES};
    enum status status = case_matrix_pack(ctx, measuring, &measuring->set->groups[topic->group], &wish, &out->matrix);
    if (status)
        return status;
    out->blank = out->matrix.blank;
    if (!out->blank && !out->scale)
        out->blank = REASON_NOT_ASKED;
    if (!out->blank && !out->matrix.rows)
        out->blank = REASON_NO_PAIRS;
    if (out->blank)
        return STATUS_OK;
    out->centre = .5 * (decimal_to_double(out->scale->min) + decimal_to_double(out->scale->max));
    out->rows = (struct surface_rows){.rows = out->matrix.rows,
                                      .x = case_numbers(&out->matrix, EXPECTATION),
                                      .y = case_numbers(&out->matrix, PERCEPTION),
                                      .z = case_numbers(&out->matrix, OUTCOME),
                                      .weights = out->matrix.packed_weights,
                                      .centre = out->centre};
    return surface_fit(ctx, &out->rows, &out->models);
}

enum status surface_error_find(struct ctx *ctx, struct surface_model *model)
{
    if (model->blank || model->models.full.undefined)
        return STATUS_OK;
    return design_error_find(ctx, &model->matrix, &model->models.regression, &model->models.full, &model->error);
}

struct value surface_key(const struct study *study, const struct surface_topic *topic)
{
    return topic->dimension == UINT32_MAX ? value_text("overall") : dimension_key(study, topic->dimension);
}

/* One topic in memory of its own. */
static enum status topic_run(struct ctx *ctx, const struct surface_rows_of *of, const struct surface_topic *topic,
                             enum status (*row_make)(struct ctx *room, const struct surface_rows_of *of,
                                                     const struct surface_topic *topic))
{
    struct ctx room = *ctx;
    if (arena_create(ctx->arena, &room.arena))
        return ctx_no_memory(ctx);
    enum status status = row_make(&room, of, topic);
    if (status && !ctx->error.status)
        ctx->error = room.error;
    arena_destroy(room.arena);
    return status;
}

/* What makes the rows of a topic, and the outcomes there are. */
struct topic_work {
    enum status (*row_make)(struct ctx *room, const struct surface_rows_of *of, const struct surface_topic *topic);
    const uint32_t *outcomes; /* [count] */
    uint32_t count;
};

/* The topics of some groups. */
static enum status groups_make(const struct group_part *part)
{
    const struct topic_work *work = part->what;
    const struct study *study = part->measuring->pairs->study;
    const struct surface_rows_of of = {.measuring = part->measuring, .table = part->table, .outer = part->ctx};
    enum status status = STATUS_OK;
    for (uint32_t g = part->first; g < part->end; g++) {
        for (uint32_t o = 0; o < work->count; o++) {
            for (uint32_t d = 0; d <= study->dimension_count && !status; d++) {
                uint32_t dimension = d < study->dimension_count ? d : UINT32_MAX;
                const struct surface_topic topic = {.group = g, .dimension = dimension, .outcome = work->outcomes[o]};
                status = topic_run(part->ctx, &of, &topic, work->row_make);
            }
        }
    }
    return status;
}

enum status surface_topics_each(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                                enum status (*row_make)(struct ctx *room, const struct surface_rows_of *of,
                                                        const struct surface_topic *topic))
{
    const struct study *study = measuring->pairs->study;
    uint32_t *outcomes = arena_array(ctx->arena, study->columns.outcome_count + 1u, sizeof *outcomes);
    if (!outcomes)
        return ctx_no_memory(ctx);
    uint32_t count = outcomes_explained(study, true, outcomes);
    table->needs_whole_model = true;
    table->parameters = SURFACE_PARAMETERS;
    return group_parts_each(ctx, measuring, table, groups_make,
                            &(struct topic_work){.row_make = row_make, .outcomes = outcomes, .count = count});
}
