/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"

static enum status study_close_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    return study_turn(ctx, call, LIVE_CLOSED, "study_closed", out);
}

const struct operation operation_study_close = {
    .name = "study_close",
    .sentence = "Closes a study: it takes no more answers; what was answered stays.",
    .reach = REACH_STUDY,
    .writes = true,
    .takes = (const struct operation_field[]){{.name = NULL}},
    .gives = study_fields,
    .run = study_close_run,
};
