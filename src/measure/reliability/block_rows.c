/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/reliability/block_rows.h"

#include "measure/group_parts.h"

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

/* What makes the rows of a block. */
struct block_work {
    enum status (*make)(struct ctx *, const struct measuring *, struct table *, const struct block_place *);
};

/* The blocks of some groups. */
static enum status groups_make(const struct group_part *part)
{
    const struct block_work *blocks = part->what;
    uint32_t dimensions = part->measuring->pairs->study->dimension_count;
    uint32_t lines = (dimensions + 1) * BLOCK_OF_COUNT;
    enum status status = STATUS_OK;
    for (uint32_t g = part->first; g < part->end; g++) {
        for (uint32_t line = 0; line < lines && !status; line++) {
            uint32_t dimension = line / BLOCK_OF_COUNT;
            struct block_place at = {.group = g, .line = line};
            at.block = group_block(&part->measuring->set->groups[g], dimension == dimensions ? UINT32_MAX : dimension,
                                   (enum block_of)(line % BLOCK_OF_COUNT));
            if (at.block)
                status = blocks->make(part->ctx, part->measuring, part->table, &at);
        }
    }
    return status;
}

enum status block_rows_each(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                            enum status (*make)(struct ctx *, const struct measuring *, struct table *,
                                                const struct block_place *))
{
    return group_parts_each(ctx, measuring, table, groups_make, &(struct block_work){.make = make});
}
