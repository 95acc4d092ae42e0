/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/catalog.h"

#include "instrument/instrument_file.h"

enum status catalog_instruments(struct ctx *ctx, const struct instrument *const **out, size_t *count)
{
    const char *const *names = NULL;
    enum status status = instrument_list(ctx, &names, count);
    if (status)
        return status;
    const struct instrument **list = arena_array(ctx->arena, *count + 1, sizeof *list);
    if (!list)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < *count && !status; i++)
        status = instrument_find(ctx, names[i], &list[i]);
    *out = list;
    return status;
}

enum status catalog_instrument(struct ctx *ctx, const char *name, const struct instrument **out)
{
    return instrument_find(ctx, name, out);
}
