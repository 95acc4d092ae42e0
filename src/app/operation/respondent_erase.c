/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"
#include "app/personal_record.h"
#include "app/respondent_naming.h"
#include "store/erasure.h"

static enum status respondent_erase_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct uuid respondent;
    uint64_t submissions = 0;
    enum status status = respondent_named(ctx, call, &respondent);
    if (!status)
        status = respondent_erase(ctx, call->session, &call->study.id, &respondent, desk_now_ms(), &submissions);
    if (!status)
        status = event_note(ctx, call, "erased", NULL, (int64_t)submissions);
    if (status)
        return status;
    return value_give(ctx, json_pack("{s:o,s:I}", "respondent", value_id(&respondent), "submissions", (json_int_t)submissions),
                      out);
}

const struct operation operation_respondent_erase = {
    .name = "respondent_erase",
    .sentence =
        "Erases a respondent: contact, encounters, links, drafts and answers, for good. Backups that are restored later "
        "forget them too. A running server leaves no byte in free pages or in its log within seconds; store_scrubbing does "
        "it at once.",
    .reach = REACH_STUDY,
    .writes = true,
    .takes =
        (const struct operation_field[]){
            PERSON_TAKEN_FIELD,
            {.name = NULL},
        },
    .gives =
        (const struct operation_field[]){
            {"respondent", FIELD_TEXT, true, "The id that was erased.", "\"018f4c1e-7b1a-7c3d-9e2f-0123456789ab\""},
            {"submissions", FIELD_WHOLE, true, "How many answered forms were erased.", "2"},
            {.name = NULL},
        },
    .run = respondent_erase_run,
};
