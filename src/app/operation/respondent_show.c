/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"
#include "app/personal_record.h"
#include "store/submission_rows.h"
#include "store/token_rows.h"

static const char *token_state(const struct token *token)
{
    int64_t now = desk_now_ms();
    if (token->used_ms != 0)
        return "answered";
    if (token->withdrawn_ms != 0)
        return "withdrawn";
    if (token->expires_ms != 0 && token->expires_ms <= now)
        return "expired";
    return token->opens_ms <= now ? "open" : "not open yet";
}

static enum status tokens_value(struct ctx *ctx, const struct operation_call *call, const struct encounter *encounter,
                                json_t **out)
{
    struct token *tokens = NULL;
    size_t count = 0;
    enum status status = token_list(ctx, call->session, &call->study.id, &encounter->id, &tokens, &count);
    if (status)
        return status;
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        (void)json_array_append_new(list, json_pack("{s:s,s:s,s:o,s:o}", "wave", wave_name(tokens[i].wave), "state",
                                                    token_state(&tokens[i]), "opens", value_time(tokens[i].opens_ms), "expires",
                                                    value_time(tokens[i].expires_ms)));
    return value_give(ctx, list, out);
}

static enum status answered_value(struct ctx *ctx, const struct operation_call *call, const struct encounter *encounter,
                                  json_t *list)
{
    enum status status = STATUS_OK;
    for (unsigned wave = 0; !status && wave < WAVE_COUNT; wave++) {
        struct submission submission = {.study = call->study.id, .encounter = encounter->id, .wave = (enum wave)wave};
        bool found = false;
        status = submission_get(ctx, call->session, &submission, &found);
        if (!status && found)
            (void)json_array_append_new(list, json_pack("{s:s,s:s,s:s,s:o}", "wave", wave_name((enum wave)wave), "phase",
                                                        phase_name(submission.phase), "door", door_kind_name(submission.door),
                                                        "received", value_time(submission.received_ms)));
    }
    return status;
}

static enum status links_add(struct ctx *ctx, const struct operation_call *call, const struct encounter *encounter, json_t *value)
{
    json_t *tokens = NULL, *answered = json_array();
    enum status status = tokens_value(ctx, call, encounter, &tokens);
    if (!status)
        status = answered_value(ctx, call, encounter, answered);
    bool added = json_object_set_new(value, "links", tokens) == 0;
    added = json_object_set_new(value, "answered", answered) == 0 && added;
    return status || added ? status : ctx_no_memory(ctx);
}

static enum status respondent_show_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    return person_value(ctx, call, links_add, out);
}

const struct operation operation_respondent_show = {
    .name = "respondent_show",
    .sentence = "Shows a respondent: contact, encounters, state of the links, what was answered when, never the answers.",
    .reach = REACH_STUDY,
    .takes =
        (const struct operation_field[]){
            PERSON_TAKEN_FIELD,
            {.name = NULL},
        },
    .gives =
        (const struct operation_field[]){
            PERSON_GIVEN_FIELDS,
            {"encounters", FIELD_LIST, true, "Each with its arm, attributes, times, links and what was answered.",
             "[{\"encounter\": \"018f4c1e-7b1a-7c3d-9e2f-0123456789ac\", \"arm\": \"both\", \"attributes\": {\"branch\": "
             "\"Oslo\"}, \"created\": \"2026-11-26T22:02:09.123Z\", \"planned\": null, \"began\": null, \"ended\": null, "
             "\"links\": [{\"wave\": \"expectation\", \"state\": "
             "\"open\", \"opens\": \"2026-11-26T22:02:09.123Z\", \"expires\": \"2026-12-10T22:02:09.123Z\"}], \"answered\": "
             "[]}]"},
            {.name = NULL},
        },
    .run = respondent_show_run,
};
