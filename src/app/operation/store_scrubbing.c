/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/desk_inside.h"
#include "app/operation_value.h"
#include "store/erasure.h"

static enum status store_scrubbing_run(struct ctx *ctx, struct desk *desk, const json_t *in, json_t **out)
{
    (void)in;
    enum status status = store_scrub(ctx, desk->store);
    return status ? status : value_give(ctx, json_pack("{s:b}", "scrubbed", 1), out);
}

const struct operation operation_store_scrubbing = {
    .name = "store_scrubbing",
    .sentence = "Leaves no byte of what was erased in free pages of the file or in its log.",
    .reach = REACH_STORE,
    .writes = true,
    .operator_only = true,
    .takes = (const struct operation_field[]){{.name = NULL}},
    .gives =
        (const struct operation_field[]){
            {"scrubbed", FIELD_TRUTH, true, "true.", "true"},
            {.name = NULL},
        },
    .run_alone = store_scrubbing_run,
};
