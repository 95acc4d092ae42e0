/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"
#include "store/study_rows.h"

static enum status study_close_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct live_study study = call->study;
    study.state = LIVE_CLOSED;
    enum status status = STATUS_OK;
    if (call->study.state != study.state)
        status = study_set_state(ctx, call->session, &study.id, study.state);
    if (!status && call->study.state != study.state)
        status = event_note(ctx, call, "study_closed", NULL, 1);
    return status ? status : value_give(ctx, value_study(&study), out);
}

const struct operation operation_study_close = {
    .name = "study_close",
    .sentence = "Closes a study: it takes no more answers; what was answered stays.",
    .reach = REACH_STUDY,
    .writes = true,
    .takes = (const struct operation_field[]){{.name = NULL}},
    .gives =
        (const struct operation_field[]){
            {"name", FIELD_TEXT, true, "The study's name.", "\"counter\""},
            {"title", FIELD_TEXT, true, "Its title.", "\"Pharmacy counter\""},
            {"state", FIELD_TEXT, true, "open or closed.", "\"closed\""},
            {"identity", FIELD_TEXT, true, "named, code or anonymous.", "\"named\""},
            {"version", FIELD_WHOLE, true, "The newest version of the questions.", "1"},
            {"created", FIELD_TEXT, true, "When it was created.", "\"2026-11-26T22:02:09.123Z\""},
            {.name = NULL},
        },
    .run = study_close_run,
};
