/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/erasure.h"

#include "app/operation_value.h"
#include "app/respondent_naming.h"

static enum status respondent_erase_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct uuid respondent;
    uint64_t submissions = 0;
    enum status status = respondent_named(ctx, call, &respondent);
    if (!status)
        status = respondent_erase(ctx, call->session, &call->study.id, &respondent, desk_now_ms(), &submissions);
    /* The log says that somebody was erased, and not who. */
    if (!status)
        status = event_note(ctx, call, "erased", NULL, 1);
    return status ? status : value_give(ctx, json_pack("{s:b,s:I}", "erased", 1, "submissions", (json_int_t)submissions), out);
}

const struct operation operation_respondent_erase = {
    .name = "respondent_erase",
    .sentence =
        "Erases a person: contact, encounters, links, half-filled forms and answers; a backup restored later forgets them too.",
    .reach = REACH_STUDY,
    .writes = true,
    .takes =
        (const struct operation_field[]){
            {"respondent", FIELD_TEXT, true, "The respondent's id, e-mail address or reference.",
             "\"018f4c1e-7b1a-7c3d-9e2f-0123456789ab\""},
            {.name = NULL},
        },
    .gives =
        (const struct operation_field[]){
            {"erased", FIELD_TRUTH, true, "true.", "true"},
            {"submissions", FIELD_WHOLE, true, "How many answered forms went with the person.", "2"},
            {.name = NULL},
        },
    .run = respondent_erase_run,
};
