/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/released_table_seal.h"

struct released_table {
    const struct table *table;
    uint32_t groups, hidden_groups, floor;
};

enum status released_table_seal(struct ctx *ctx, const struct table *table, uint32_t groups, uint32_t hidden_groups,
                                uint32_t floor, const struct released_table **out)
{
    struct released_table *released = arena_alloc(ctx->arena, sizeof *released);
    if (released == NULL)
        return ctx_no_memory(ctx);
    *released = (struct released_table){table, groups, hidden_groups, floor};
    *out = released;
    return STATUS_OK;
}

const struct table *released_table_view(const struct released_table *released)
{
    return released->table;
}

uint32_t released_table_hidden_groups(const struct released_table *released)
{
    return released->hidden_groups;
}

uint32_t released_table_groups(const struct released_table *released)
{
    return released->groups;
}

uint32_t released_table_floor(const struct released_table *released)
{
    return released->floor;
}
