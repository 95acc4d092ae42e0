/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"
#include "app/personal_record.h"
#include "store/submission_rows.h"

static enum status forms_value(struct ctx *ctx, const struct operation_call *call, const struct uuid *encounter, json_t *list)
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

static enum status forms_add(struct ctx *ctx, const struct operation_call *call, const struct encounter *encounter, json_t *value)
{
    json_t *forms = json_array();
    if (json_object_set_new(value, "forms", forms) != 0)
        return ctx_no_memory(ctx);
    return forms_value(ctx, call, &encounter->id, forms);
}

static enum status respondent_export_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    return person_value(ctx, call, forms_add, out);
}

const struct operation operation_respondent_export = {
    .name = "respondent_export",
    .sentence =
        "Gives everything that is stored of a person: contact, encounters and every answer, as the person may ask for it.",
    .reach = REACH_STUDY,
    .takes =
        (const struct operation_field[]){
            PERSON_TAKEN_FIELD,
            {.name = NULL},
        },
    .gives =
        (const struct operation_field[]){
            PERSON_GIVEN_FIELDS,
            {"encounters", FIELD_LIST, true,
             "Each with its arm, attributes, times and forms, and in each form the answers by field.",
             "[{\"encounter\": \"018f4c1e-7b1a-7c3d-9e2f-0123456789ac\", \"arm\": \"both\", \"attributes\": {\"branch\": "
             "\"Oslo\"}, \"forms\": "
             "[{\"wave\": \"perception\", \"answers\": {\"perception.q1\": 6}}]}]"},
            {.name = NULL},
        },
    .run = respondent_export_run,
};
