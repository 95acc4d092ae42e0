/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"

static enum status study_open_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    return study_turn(ctx, call, LIVE_OPEN, "study_opened", out);
}

const struct operation operation_study_open = {
    .name = "study_open",
    .sentence = "Opens a study that was closed, so that it takes answers again.",
    .reach = REACH_STUDY,
    .writes = true,
    .takes = (const struct operation_field[]){{.name = NULL}},
    .gives = study_fields,
    .run = study_open_run,
};
