/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/collecting.h"
#include "app/operation_value.h"
#include "app/ticket_inside.h"
#include "store/encounter_rows.h"
#include "store/token_rows.h"

/* Opens the unused perception tokens from `at` on, where the study lets programs do that. */
static enum status perception_open(struct ctx *ctx, const struct operation_call *call, const struct encounter *encounter,
                                   uint64_t *opened)
{
    const struct form *form = NULL;
    const struct form_choice choice = {call->study.id, encounter->version, WAVE_PERCEPTION, encounter->language};
    enum status status = desk_form(ctx, call->desk, call->session, &choice, &form);
    if (status || (form->collection->openings & OPENS_BY_PROGRAM) == 0)
        return status;
    int64_t opens = encounter->ended_ms;
    int64_t expires = study_expiry(&call->study, desk_now_ms(), form->collection->invitation_days);
    const struct token_choice tokens = {call->study.id, encounter->id, WAVE_PERCEPTION};
    return token_open(ctx, call->session, &tokens, opens, expires, opened);
}

/* An encounter that ended before anybody said that it began, began by then at the latest. */
static enum status encounter_close(struct ctx *ctx, const struct operation_call *call, struct encounter *encounter, int64_t at,
                                   uint64_t *opened)
{
    if (encounter->ended_ms != 0)
        return STATUS_OK;
    if (encounter->began_ms > at)
        return member_fail(ctx, "at", "An encounter cannot have ended before it began.");
    at = study_moment(&call->study, at);
    encounter->ended_ms = at;
    encounter->began_ms = encounter->began_ms ? encounter->began_ms : at;
    enum status status = encounter_update(ctx, call->session, encounter);
    if (!status)
        status = perception_open(ctx, call, encounter, opened);
    return status ? status : event_note(ctx, call, "encounter_ended", &encounter->id, 1);
}

static enum status encounter_end_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct encounter encounter;
    uint64_t opened = 0;
    int64_t now = desk_now_ms(), at = now;
    enum status status = in_encounter(ctx, call, &encounter);
    if (!status)
        status = in_time(ctx, call->in, "at", &at);
    if (!status && at > now)
        status = member_fail(ctx, "at", "An encounter cannot have ended later than now.");
    if (!status)
        status = encounter_close(ctx, call, &encounter, at, &opened);
    if (status)
        return status;
    return value_give(ctx,
                      json_pack("{s:o,s:o,s:o,s:I}", "encounter", value_id(&encounter.id), "began",
                                value_time(encounter.began_ms), "ended", value_time(encounter.ended_ms), "opened",
                                (json_int_t)opened),
                      out);
}

const struct operation operation_encounter_end = {
    .name = "encounter_end",
    .sentence = "Says that an encounter has ended: opens its perception form.",
    .reach = REACH_STUDY,
    .writes = true,
    .takes =
        (const struct operation_field[]){
            {"encounter", FIELD_TEXT, true, "The encounter's id.", "\"018f4c1e-7b1a-7c3d-9e2f-0123456789ab\""},
            {"at", FIELD_TEXT, false, "When it ended; now, when it is left out.", "\"2026-12-01T10:20:00Z\""},
            {.name = NULL},
        },
    .gives =
        (const struct operation_field[]){
            {"encounter", FIELD_TEXT, true, "The encounter's id.", "\"018f4c1e-7b1a-7c3d-9e2f-0123456789ab\""},
            {"began", FIELD_TEXT, false, "When it began.", "\"2026-12-01T10:00:00.000Z\""},
            {"ended", FIELD_TEXT, true, "When it ended.", "\"2026-12-01T10:20:00.000Z\""},
            {"opened", FIELD_WHOLE, true, "How many perception forms can be answered from now on.", "1"},
            {.name = NULL},
        },
    .run = encounter_end_run,
};
