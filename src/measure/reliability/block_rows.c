/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/reliability/block_rows.h"

const char *block_of_name(enum block_of of)
{
    switch (of) {
    case BLOCK_EXPECTATION:
        return standard_name(STANDARD_EXPECTATION);
    case BLOCK_PERCEPTION:
        return standard_name(STANDARD_PERCEPTION);
    case BLOCK_DESIRED:
        return standard_name(STANDARD_DESIRED);
    case BLOCK_MINIMUM:
        return standard_name(STANDARD_MINIMUM);
    case BLOCK_GAP:
    case BLOCK_OF_COUNT:
        break;
    }
    return "gap";
}

enum status block_rows_each(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                            enum status (*make)(struct ctx *, const struct measuring *, struct table *,
                                                const struct block_place *))
{
    uint32_t dimensions = measuring->pairs->study->dimension_count;
    uint32_t lines = (dimensions + 1) * BLOCK_OF_COUNT;
    enum status status = STATUS_OK;
    for (uint32_t g = 0; g < measuring->set->group_count; g++) {
        for (uint32_t line = 0; line < lines && !status; line++) {
            uint32_t dimension = line / BLOCK_OF_COUNT;
            struct block_place at = {.group = g, .line = line};
            at.block = group_block(&measuring->set->groups[g], dimension == dimensions ? UINT32_MAX : dimension,
                                   (enum block_of)(line % BLOCK_OF_COUNT));
            if (at.block)
                status = make(ctx, measuring, table, &at);
        }
    }
    return status;
}
