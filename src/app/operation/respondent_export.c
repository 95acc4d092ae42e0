/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"
#include "app/personal_record.h"
#include "app/respondent_naming.h"
#include "store/encounter_rows.h"
#include "store/submission_rows.h"

static enum status submissions_value(struct ctx *ctx, const struct operation_call *call, const struct uuid *encounter,
                                     json_t *list)
{
    enum status status = STATUS_OK;
    for (unsigned wave = 0; !status && wave < WAVE_COUNT; wave++) {
        struct submission submission = {.study = call->study.id, .encounter = *encounter, .wave = (enum wave)wave};
        bool found = false;
        json_t *value = NULL;
        status = submission_get(ctx, call->session, &submission, &found);
        if (!status && found)
            status = submission_value(ctx, call, &submission, &value);
        if (!status && found && json_array_append_new(list, value) != 0)
            status = ctx_no_memory(ctx);
    }
    return status;
}

static enum status encounters_value(struct ctx *ctx, const struct operation_call *call, const struct uuid *respondent,
                                    json_t *list)
{
    struct encounter *encounters = NULL;
    size_t count = 0;
    enum status status = encounter_list(ctx, call->session, &call->study.id, respondent, &encounters, &count);
    for (size_t i = 0; !status && i < count; i++) {
        const struct encounter *encounter = &encounters[i];
        json_t *forms = json_array();
        json_t *value = json_pack("{s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "encounter", value_id(&encounter->id), "attributes",
                                  value_of_text(encounter->attributes), "created", value_time(encounter->created_ms), "planned",
                                  value_time(encounter->planned_ms), "began", value_time(encounter->began_ms), "ended",
                                  value_time(encounter->ended_ms), "forms", forms);
        if (json_array_append_new(list, value) != 0)
            return ctx_no_memory(ctx);
        status = submissions_value(ctx, call, &encounter->id, forms);
    }
    return status;
}

static enum status respondent_export_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct uuid respondent;
    json_t *value = NULL, *list = json_array();
    enum status status = respondent_named(ctx, call, &respondent);
    if (!status)
        status = encounters_value(ctx, call, &respondent, list);
    if (!status)
        status = respondent_value(ctx, call, &respondent, &value);
    if (status) {
        json_decref(list);
        return status;
    }
    (void)json_object_set_new(value, "encounters", list);
    return value_give(ctx, value, out);
}

const struct operation operation_respondent_export = {
    .name = "respondent_export",
    .sentence =
        "Gives everything that is stored of a person: contact, encounters and every answer, as the person may ask for it.",
    .reach = REACH_STUDY,
    .takes =
        (const struct operation_field[]){
            {"respondent", FIELD_TEXT, true, "The respondent's id, e-mail address or reference.",
             "\"018f4c1e-7b1a-7c3d-9e2f-0123456789ab\""},
            {.name = NULL},
        },
    .gives =
        (const struct operation_field[]){
            {"respondent", FIELD_TEXT, true, "The id.", "\"018f4c1e-7b1a-7c3d-9e2f-0123456789ab\""},
            {"name", FIELD_TEXT, false, "Contact; null when it is not known.", "\"Ada Berg\""},
            {"email", FIELD_TEXT, false, "Contact.", "\"ada@example.org\""},
            {"phone", FIELD_TEXT, false, "Contact.", "null"},
            {"reference", FIELD_TEXT, false, "The customer's number in another system.", "\"C-1042\""},
            {"encounters", FIELD_LIST, true, "Each with its attributes, times and forms, and in each form the answers by field.",
             "[{\"encounter\": \"018f4c1e-7b1a-7c3d-9e2f-0123456789ac\", \"attributes\": {\"branch\": \"Oslo\"}, \"forms\": "
             "[{\"wave\": \"perception\", \"answers\": {\"perception.q1\": 6}}]}]"},
            {.name = NULL},
        },
    .run = respondent_export_run,
};
