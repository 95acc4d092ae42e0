/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/group_row.h"

#include <assert.h>
#include <string.h>

enum status group_row_add(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t group, uint32_t line,
                          struct row **out)
{
    const struct group_set *set = measuring->set;
    assert(group < set->group_count && table->by_count == set->by.segment_count);
    enum status status = table_add_row(ctx, table, out);
    if (status)
        return status;
    struct row *row = *out;
    for (uint32_t s = 0; s < set->by.segment_count; s++)
        row->by[s] = pairs_value_text(measuring->pairs, set, &set->groups[group], s);
    row->group = group;
    row->group_size = set->groups[group].respondents;
    row->line = line;
    return STATUS_OK;
}

void values_blank(struct value *values, size_t count, enum reason reason)
{
    for (size_t i = 0; i < count; i++)
        values[i] = value_blank(reason);
}

enum reason reason_of(enum undefined undefined)
{
    assert(undefined != DEFINED);
    switch (undefined) {
    case UNDEFINED_TOO_FEW:
        return REASON_TOO_FEW;
    case UNDEFINED_NO_VARIANCE:
        return REASON_NO_VARIANCE;
    case UNDEFINED_SINGULAR:
        return REASON_SINGULAR;
    case UNDEFINED_NOT_CONVERGED:
        return REASON_NOT_CONVERGED;
    case UNDEFINED_OVERFLOW:
        return REASON_OVERFLOW;
    case UNDEFINED_INADMISSIBLE:
        return REASON_INADMISSIBLE;
    case UNDEFINED_UNBOUNDED:
        return REASON_NOT_APPLICABLE;
    case DEFINED:
    case UNDEFINED_COUNT:
        break;
    }
    return REASON_NOT_APPLICABLE;
}

struct value value_of(enum undefined undefined, double number)
{
    return undefined ? value_blank(reason_of(undefined)) : value_number(number);
}

struct value item_key(const struct study *study, uint32_t item)
{
    return value_text(study->items[item].id);
}

struct value dimension_key(const struct study *study, uint32_t dimension)
{
    if (dimension >= study->dimension_count)
        return value_blank(REASON_NOT_APPLICABLE);
    return value_text(study->dimensions[dimension].id);
}

enum status item_row_add(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t group, uint32_t item,
                         struct row **out)
{
    const struct study *study = measuring->pairs->study;
    enum status status = group_row_add(ctx, measuring, table, group, item, out);
    if (status)
        return status;
    (*out)->values[0] = item_key(study, item);
    (*out)->values[1] = dimension_key(study, study->items[item].dimension);
    return STATUS_OK;
}

const char *dimension_title(const struct study *study, const char *id)
{
    for (uint32_t i = 0; i < study->dimension_count; i++) {
        if (strcmp(study->dimensions[i].id, id) == 0)
            return study->dimensions[i].title;
    }
    return id;
}

struct note_word dimension_word(const char *name, const struct study *study, const char *id)
{
    const char *title = dimension_title(study, id);
    return title == id ? note_ours(name, "word", id) : note_text(name, title);
}

struct value share_of(const struct weight_sum *part, const struct weight_sum *whole)
{
    if (whole->w <= 0)
        return value_blank(REASON_NO_PAIRS);
    return value_number(wide_ratio(wide_from(part->w), wide_from(whole->w)));
}

struct exact_unit score_unit(const struct scale *scale, int64_t denominator)
{
    return (struct exact_unit){.origin = scale->min, .step = scale->step, .divisor = denominator};
}

struct exact_unit difference_unit(const struct scale *scale, int64_t denominator)
{
    return (struct exact_unit){.origin = {.units = 0, .places = scale->step.places}, .step = scale->step, .divisor = denominator};
}

struct exact_weight exact_weight_of(const struct weight_sum *sum)
{
    return (struct exact_weight){.n = sum->n, .w = sum->w, .ww = sum->ww};
}

void weight_sum_add(struct weight_sum *into, const struct weight_sum *more)
{
    into->n += more->n;
    into->w += more->w;
    into->ww += more->ww;
}

const struct block *group_block(const struct group *group, uint32_t dimension, enum block_of of)
{
    for (uint32_t i = 0; i < group->block_count; i++) {
        if (group->blocks[i].dimension == dimension && group->blocks[i].of == of)
            return &group->blocks[i];
    }
    return NULL;
}

struct exact_block exact_block_of(const struct block *block)
{
    return (struct exact_block){
        .all = exact_weight_of(&block->all), .count = block->item_count, .sums = block->sums, .products = block->products};
}
