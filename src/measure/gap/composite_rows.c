/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/gap/composite_rows.h"

enum status composite_row_make(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                               const struct composite_row *about)
{
    const struct group *group = &measuring->set->groups[about->group];
    struct row *row = NULL;
    uint32_t line = about->dimension == UINT32_MAX ? 0 : about->dimension;
    enum status status = group_row_add(ctx, measuring, table, about->group, line, &row);
    if (status)
        return status;
    if (about->keys)
        row->values[0] = dimension_key(measuring->pairs->study, about->dimension);
    row->support = about->composite->respondents;
    struct gap_source source = {.composite = about->composite,
                                .expectation = group_block(group, about->dimension, BLOCK_EXPECTATION),
                                .perception = group_block(group, about->dimension, BLOCK_PERCEPTION),
                                .gap = group_block(group, about->dimension, BLOCK_GAP)};
    return gap_row_fill(ctx, measuring, &source, row->values + about->keys);
}
