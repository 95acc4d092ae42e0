/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/gap/composite_rows.h"

#include "measure/group_parts.h"

/* A row about one score of a group. */
struct composite_row {
    const struct composite *composite;
    uint32_t group;
    uint32_t dimension; /* index; UINT32_MAX: all items */
    uint32_t keys;      /* 1: a dimension column stands before the figures; 0: none */
};

/* Adds the row and fills its figures.
 * source  [F2, F13, F16] */
static enum status row_make(const struct group_part *part, const struct composite_row *about)
{
    const struct measuring *measuring = part->measuring;
    const struct group *group = &measuring->set->groups[about->group];
    struct row *row = NULL;
    uint32_t line = about->dimension == UINT32_MAX ? 0 : about->dimension;
    enum status status = group_row_add(part->ctx, measuring, part->table, about->group, line, &row);
    if (status)
        return status;
    if (about->keys)
        row->values[0] = dimension_key(measuring->pairs->study, about->dimension);
    row->support = about->composite->respondents;
    struct gap_source source = {.composite = about->composite,
                                .expectation = group_block(group, about->dimension, BLOCK_EXPECTATION),
                                .perception = group_block(group, about->dimension, BLOCK_PERCEPTION),
                                .gap = group_block(group, about->dimension, BLOCK_GAP)};
    return gap_row_fill(part->ctx, measuring, &source, row->values + about->keys);
}

/* The key columns of a table. */
static uint32_t keys_of(enum composite_of of)
{
    return of == COMPOSITE_DIMENSIONS;
}

/* The rows of some groups, with what is adjusted within each. */
static enum status groups_make(const struct group_part *part)
{
    const enum composite_of of = *(const enum composite_of *)part->what;
    uint32_t lines = of == COMPOSITE_DIMENSIONS ? part->measuring->pairs->study->dimension_count : 1;
    enum status status = STATUS_OK;
    for (uint32_t g = part->first; g < part->end; g++) {
        const struct group *group = &part->measuring->set->groups[g];
        for (uint32_t d = 0; d < lines && !status; d++) {
            struct composite_row row = {.composite = of == COMPOSITE_OVERALL ? group->overall : group->items_mean,
                                        .group = g,
                                        .dimension = UINT32_MAX,
                                        .keys = keys_of(of)};
            if (of == COMPOSITE_DIMENSIONS) {
                row.composite = &group->dimensions[d];
                row.dimension = d;
            }
            status = row_make(part, &row);
        }
    }
    return status ? status : gap_rows_adjust(part->ctx, part->measuring, part->table, keys_of(of));
}

enum status composite_rows_each(struct ctx *ctx, const struct measuring *measuring, struct table *table, enum composite_of of)
{
    enum status status = group_parts_each(ctx, measuring, table, groups_make, &of);
    return status ? status : gap_rows_notes(ctx, measuring, table, keys_of(of));
}
