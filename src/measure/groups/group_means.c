/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/groups/group_means.h"

#include <string.h>

#include "measure/gap/gap_row.h"
#include "measure/mean_error.h"

uint32_t subject_count(const struct study *study)
{
    return (study->dimension_count ? study->dimension_count : study->item_count) + 1;
}

struct subject subject_at(const struct study *study, uint32_t line)
{
    uint32_t parts = subject_count(study) - 1;
    if (line >= parts)
        return (struct subject){SUBJECT_OVERALL, UINT32_MAX};
    return (struct subject){study->dimension_count ? SUBJECT_DIMENSION : SUBJECT_ITEM, line};
}

struct value subject_key(const struct study *study, const struct subject *subject)
{
    switch (subject->kind) {
    case SUBJECT_DIMENSION:
        return dimension_key(study, subject->index);
    case SUBJECT_ITEM:
        return item_key(study, subject->index);
    case SUBJECT_OVERALL:
        break;
    }
    return value_text("overall");
}

const char *subject_title(const struct study *study, const struct subject *subject)
{
    if (subject->kind == SUBJECT_DIMENSION)
        return study->dimensions[subject->index].title;
    return subject_key(study, subject).text;
}

struct note_word subject_word(const struct study *study, const struct subject *subject)
{
    const char *title = subject_title(study, subject);
    return subject->kind == SUBJECT_OVERALL ? note_ours("subject", "word", title) : note_text("subject", title);
}

/* The gaps of a group about a subject.
 * fails   STATUS_MEMORY */
static enum status subject_composite(struct ctx *ctx, const struct study *study, const struct group *group,
                                     const struct subject *subject, struct composite *out)
{
    if (subject->kind == SUBJECT_DIMENSION)
        *out = group->dimensions[subject->index];
    else if (subject->kind == SUBJECT_OVERALL)
        *out = study->dimension_count ? group->overall[0] : group->items_mean[0];
    else {
        bool asked =
            study_asks(study, STANDARD_EXPECTATION, subject->index) && study_asks(study, STANDARD_PERCEPTION, subject->index);
        return composite_of_joint(ctx, &group->pairs[subject->index], asked, out);
    }
    return STATUS_OK;
}

uint64_t subject_respondents(const struct study *study, const struct group *group, uint32_t line, enum reason *blank)
{
    struct subject subject = subject_at(study, line);
    if (subject.kind == SUBJECT_ITEM) {
        bool asked =
            study_asks(study, STANDARD_EXPECTATION, subject.index) && study_asks(study, STANDARD_PERCEPTION, subject.index);
        *blank = asked ? REASON_NONE : REASON_NOT_ASKED;
        return group->pairs[subject.index].respondents;
    }
    const struct composite *score = study->dimension_count ? group->overall : group->items_mean;
    if (subject.kind == SUBJECT_DIMENSION)
        score = &group->dimensions[subject.index];
    *blank = score->blank;
    return score->respondents;
}

bool group_enters(const struct measuring *measuring, uint32_t group, uint32_t line, enum line_use use)
{
    const bool *lines = use == USE_SHARES ? measuring->line_compared_shares : measuring->line_compared;
    if (measuring->compared && !measuring->compared[group])
        return false;
    return !lines || lines[(size_t)line * measuring->set->group_count + group];
}

/* Mean, error and share of the gaps that are there. */
static void mean_fill(const struct measuring *measuring, struct group_mean *out)
{
    const struct composite *composite = &out->composite;
    struct exact_sums sums = {.n = 0};
    struct weight_sum negative = {0, 0, 0};
    bool overflow = false;
    for (size_t i = 0; i < composite->cell_count; i++) {
        struct exact_weight weight = exact_weight_of(&composite->cells[i].sum);
        exact_sums_add(&sums, &weight, composite->cells[i].gap, &overflow);
        if (composite->cells[i].gap < 0)
            weight_sum_add(&negative, &composite->cells[i].sum);
    }
    struct exact_unit unit = difference_unit(composite->scale, composite->denominator);
    struct exact_weight all = exact_weight_of(&composite->all);
    enum undefined undefined = overflow ? UNDEFINED_OVERFLOW : exact_mean(&sums, &unit, &out->estimate.mean);
    if (!undefined)
        undefined = exact_effective_count(&all, &out->n_effective);
    if (undefined) {
        out->blank = reason_of(undefined);
        return;
    }
    out->share_short = share_of(&negative, &composite->all).number;
    struct mean_error error;
    mean_error_find(measuring, &sums, &composite->difference[0], &unit, &error);
    out->error_blank = error.blank ? error.blank : error.test_blank;
    if (!error.blank) {
        out->estimate.variance = error.se * error.se;
        out->estimate.df = (double)error.df;
    }
}

enum status group_mean_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                            const struct subject *subject, struct group_mean *out)
{
    *out = (struct group_mean){.blank = REASON_NONE, .error_blank = REASON_TOO_FEW};
    enum status status = subject_composite(ctx, measuring->pairs->study, group, subject, &out->composite);
    if (status)
        return status;
    out->n = out->composite.all.n;
    out->respondents = out->composite.respondents;
    if (out->composite.blank)
        out->blank = out->composite.blank;
    else if (!out->n)
        out->blank = REASON_NO_PAIRS;
    else
        mean_fill(measuring, out);
    return STATUS_OK;
}

/* Values of the groups' segments, for the gate.
 * fails   STATUS_MEMORY */
static enum status groups_name(struct ctx *ctx, const struct measuring *measuring, struct row_groups *out)
{
    const struct group_set *set = measuring->set;
    uint32_t segments = set->by.segment_count;
    const char **names = arena_array(ctx->arena, segments + 1u, sizeof *names);
    const char *const **by = arena_array(ctx->arena, set->group_count + 1u, sizeof *by);
    if (!names || !by)
        return ctx_no_memory(ctx);
    for (uint32_t s = 0; s < segments; s++)
        names[s] = measuring->pairs->study->columns.segments[set->by.segments[s]].column;
    for (uint32_t g = 0; g < set->group_count; g++) {
        const char **values = arena_array(ctx->arena, segments + 1u, sizeof *values);
        if (!values)
            return ctx_no_memory(ctx);
        for (uint32_t s = 0; s < segments; s++)
            values[s] = pairs_value_text(measuring->pairs, set, &set->groups[g], s);
        by[g] = values;
    }
    *out = (struct row_groups){.segments = names, .segment_count = segments, .group_count = set->group_count, .by = by};
    return STATUS_OK;
}

/* Is the group one that the comparison uses? */
static bool mean_is_used(const struct group_mean *mean, enum line_use use)
{
    if (!mean->compared || mean->blank)
        return false;
    return use != USE_ERRORS || (!mean->error_blank && mean->estimate.variance > 0);
}

/* Fills what line_means_find has made room for.
 * fails   STATUS_MEMORY */
static enum status line_fill(struct ctx *ctx, const struct measuring *measuring, enum line_use use, struct line_means *line)
{
    uint64_t *sizes = arena_array(ctx->arena, line->group_count + 1u, sizeof *sizes);
    uint64_t *supports = arena_array(ctx->arena, line->group_count + 1u, sizeof *supports);
    enum status status = sizes && supports ? groups_name(ctx, measuring, &line->groups) : ctx_no_memory(ctx);
    for (uint32_t g = 0; g < line->group_count && !status; g++) {
        const struct group *group = &measuring->set->groups[g];
        struct group_mean *mean = &line->means[g];
        status = group_mean_find(ctx, measuring, group, &line->subject, mean);
        mean->compared = group_enters(measuring, g, line->line, use);
        sizes[g] = group->respondents;
        supports[g] = mean->respondents;
        if (mean_is_used(mean, use))
            line->used[line->used_count++] = g;
    }
    line->groups.sizes = sizes;
    line->groups.supports = supports;
    return status;
}

enum status line_means_find(struct ctx *ctx, const struct measuring *measuring, uint32_t line, enum line_use use,
                            struct line_means **out)
{
    struct line_means *made = arena_alloc(ctx->arena, sizeof *made);
    uint32_t count = measuring->set->group_count;
    struct group_mean *means = arena_array(ctx->arena, count + 1u, sizeof *means);
    uint32_t *used = arena_array(ctx->arena, count + 1u, sizeof *used);
    if (!made || !means || !used)
        return ctx_no_memory(ctx);
    *made = (struct line_means){
        .subject = subject_at(measuring->pairs->study, line), .line = line, .group_count = count, .means = means, .used = used};
    enum status status = line_fill(ctx, measuring, use, made);
    enum reason blank = REASON_NONE;
    made->groups.everyone = subject_respondents(measuring->pairs->study, &measuring->pairs->sets[0].groups[0], line, &blank);
    *out = made;
    return status;
}

enum undefined pooled_variance(const struct line_means *line, double *out)
{
    double sum = 0, df = 0;
    for (uint32_t i = 0; i < line->used_count; i++) {
        const struct group_mean *mean = &line->means[line->used[i]];
        if (mean->error_blank)
            continue;
        sum += mean->estimate.df * mean->n_effective * mean->estimate.variance;
        df += mean->estimate.df;
    }
    if (df == 0)
        return UNDEFINED_TOO_FEW;
    if (sum == 0)
        return UNDEFINED_NO_VARIANCE;
    *out = sum / df;
    return DEFINED;
}

void row_rest_on(struct row *row, const struct line_means *line, const uint32_t *groups, uint32_t count)
{
    row->line = line->line;
    row->groups = &line->groups;
    row->rests_on = groups;
    row->rests_on_count = count;
    uint64_t fewest = count ? UINT64_MAX : 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t respondents = line->means[groups[i]].respondents;
        fewest = respondents < fewest ? respondents : fewest;
    }
    row->support = fewest;
    if (row->group_size < fewest)
        row->group_size = fewest;
}

/* Texts joined by " × ".
 * fails   STATUS_MEMORY */
static enum status texts_join(struct ctx *ctx, const char *const *texts, uint32_t count, const char **out)
{
    size_t size = 1;
    for (uint32_t i = 0; i < count; i++)
        size += strlen(texts[i]) + sizeof " × ";
    char *joined = arena_alloc(ctx->arena, size);
    if (!joined)
        return ctx_no_memory(ctx);
    size_t length = 0;
    for (uint32_t i = 0; i < count; i++) {
        const char *parts[] = {i ? " × " : "", texts[i]};
        for (size_t p = 0; p < 2; p++) {
            memcpy(joined + length, parts[p], strlen(parts[p]));
            length += strlen(parts[p]);
        }
    }
    joined[length] = '\0';
    *out = joined;
    return STATUS_OK;
}

enum status group_text(struct ctx *ctx, const struct measuring *measuring, uint32_t group, const char **out)
{
    const struct group_set *set = measuring->set;
    const char *texts[BY_SET_SEGMENTS_MAX];
    for (uint32_t s = 0; s < set->by.segment_count; s++) {
        texts[s] = pairs_value_text(measuring->pairs, set, &set->groups[group], s);
        if (!texts[s])
            texts[s] = "no answer";
    }
    return texts_join(ctx, texts, set->by.segment_count, out);
}

enum status set_text(struct ctx *ctx, const struct measuring *measuring, const char **out)
{
    const struct by_set *by = &measuring->set->by;
    const char *texts[BY_SET_SEGMENTS_MAX];
    for (uint32_t s = 0; s < by->segment_count; s++)
        texts[s] = measuring->pairs->study->columns.segments[by->segments[s]].column;
    *out = NULL;
    return by->segment_count ? texts_join(ctx, texts, by->segment_count, out) : STATUS_OK;
}

enum status hidden_note(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    uint32_t hidden = 0;
    for (uint32_t g = 0; measuring->compared && g < measuring->set->group_count; g++)
        hidden += !measuring->compared[g];
    const struct note_word words[] = {note_count("count", hidden), {.name = NULL}};
    const char *key = hidden == 1 ? "note.groups.hidden.one" : "note.groups.hidden";
    return hidden ? table_add_note(ctx, table, key, words) : STATUS_OK;
}

enum status comparison_notes(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    enum status status = hidden_note(ctx, measuring, table);
    if (!status && measuring->pairs->repeats)
        status = table_add_note(ctx, table, "note.groups.repeats", NULL);
    return status ? status : design_notes(ctx, measuring, table);
}
