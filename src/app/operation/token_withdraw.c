/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"
#include "store/token_rows.h"

static enum status waves_withdraw(struct ctx *ctx, const struct operation_call *call, const struct encounter *encounter,
                                  uint64_t *withdrawn)
{
    enum wave only = WAVE_COUNT;
    enum status status = in_wave(ctx, call->in, "wave", &only);
    for (unsigned wave = 0; !status && wave < WAVE_COUNT; wave++) {
        const struct token_choice tokens = {call->study.id, encounter->id, (enum wave)wave};
        uint64_t changed = 0;
        if (only == WAVE_COUNT || only == tokens.wave)
            status = token_withdraw(ctx, call->session, &tokens, desk_now_ms(), &changed);
        *withdrawn += changed;
    }
    return status;
}

static enum status token_withdraw_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct encounter encounter;
    uint64_t withdrawn = 0;
    enum status status = in_encounter(ctx, call, &encounter);
    if (!status)
        status = waves_withdraw(ctx, call, &encounter, &withdrawn);
    if (!status)
        status = event_note(ctx, call, "withdrawn", &encounter.id, (int64_t)withdrawn);
    return status ? status : value_give(ctx, json_pack("{s:I}", "withdrawn", (json_int_t)withdrawn), out);
}

const struct operation operation_token_withdraw = {
    .name = "token_withdraw",
    .sentence = "Withdraws the links of an encounter that were not used yet.",
    .reach = REACH_STUDY,
    .writes = true,
    .takes =
        (const struct operation_field[]){
            {"encounter", FIELD_TEXT, true, "The encounter's id.", "\"018f4c1e-7b1a-7c3d-9e2f-0123456789ab\""},
            {"wave", FIELD_TEXT, false, "expectation, during or perception; every wave, when it is left out.", "\"perception\""},
            {.name = NULL},
        },
    .gives =
        (const struct operation_field[]){
            {"withdrawn", FIELD_WHOLE, true, "How many links do not work any more.", "1"},
            {.name = NULL},
        },
    .run = token_withdraw_run,
};
