/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"
#include "store/response_rows.h"
#include "store/study_rows.h"

static const char *const arm_names[ARM_COUNT] = {[ARM_BOTH] = "both", [ARM_PERCEPTION_ONLY] = "perception only"};

static json_t *value_share(uint64_t part, uint64_t of)
{
    return of ? json_real((double)part / (double)of) : json_null();
}

/* AAPOR's RR1 and RR2: everybody asked is known to be eligible, so the denominator is whole answers, partial ones, refusals
 * (withdrawn) and the silent. */
static json_t *value_response(enum wave wave, enum arm arm, const struct response_count *count)
{
    return json_pack("{s:s,s:s,s:I,s:I,s:I,s:I,s:I,s:o,s:o}", "wave", wave_name(wave), "arm", arm_names[arm], "invited",
                     (json_int_t)count->invited, "asked", (json_int_t)count->asked, "answered", (json_int_t)count->answered,
                     "partial", (json_int_t)count->partial, "withdrawn", (json_int_t)count->withdrawn, "rr1",
                     value_share(count->answered, count->asked), "rr2",
                     value_share(count->answered + count->partial, count->asked));
}

static json_t *value_responses(const struct response_counts *counts)
{
    json_t *list = json_array();
    for (unsigned wave = 0; wave < WAVE_COUNT; wave++) {
        for (unsigned arm = 0; arm < ARM_COUNT; arm++) {
            if (counts->of[wave][arm].invited)
                (void)json_array_append_new(list, value_response((enum wave)wave, (enum arm)arm, &counts->of[wave][arm]));
        }
    }
    return list;
}

static json_t *value_counts(const struct live_counts *counts, const struct response_counts *responses)
{
    json_t *answered = json_object(), *phases = json_object(), *doors = json_object();
    for (unsigned i = 0; i < WAVE_COUNT; i++)
        (void)json_object_set_new(answered, wave_name((enum wave)i), json_integer((json_int_t)counts->answered[i]));
    for (unsigned i = 0; i < PHASE_COUNT; i++)
        (void)json_object_set_new(phases, phase_name((enum phase)i), json_integer((json_int_t)counts->answered_in[i]));
    for (unsigned i = 0; i < DOOR_COUNT; i++)
        (void)json_object_set_new(doors, door_kind_name((enum door_kind)i), json_integer((json_int_t)counts->by_door[i]));
    return json_pack("{s:I,s:I,s:o,s:o,s:o,s:I,s:I,s:I,s:I}", "invited", (json_int_t)counts->invited, "invited_perception_only",
                     (json_int_t)counts->perception_only, "answered", answered, "phases", phases, "doors", doors, "paired",
                     (json_int_t)counts->paired, "unpaired_expectations", (json_int_t)responses->unpaired[WAVE_EXPECTATION],
                     "unpaired_perceptions", (json_int_t)responses->unpaired[WAVE_PERCEPTION], "ambiguous_codes",
                     (json_int_t)counts->ambiguous_codes);
}

static enum status definition_value(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct instrument_version version;
    bool found = false;
    json_error_t error;
    enum status status = study_version(ctx, call->session, &call->study.id, call->study.version, &version, &found);
    if (status)
        return status;
    *out = found ? json_loadb(version.definition.at, version.definition.length, JSON_REJECT_DUPLICATES, &error) : NULL;
    return *out ? STATUS_OK : ctx_fail(ctx, STATUS_DATA, NULL, "The study's questions cannot be read: restore a backup.");
}

static enum status study_show_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct live_counts counts;
    struct response_counts responses;
    json_t *definition = NULL;
    enum status status = study_counts(ctx, call->session, &call->study.id, &counts);
    if (!status)
        status = response_counts(ctx, call->session, &call->study.id, desk_now_ms(), &responses);
    if (!status)
        status = definition_value(ctx, call, &definition);
    json_t *value = status ? NULL : value_study(&call->study);
    if (status)
        return status;
    (void)json_object_set_new(value, "counts", value_counts(&counts, &responses));
    (void)json_object_set_new(value, "response", value_responses(&responses));
    (void)json_object_set_new(value, "definition", definition);
    return value_give(ctx, value, out);
}

const struct operation operation_study_show = {
    .name = "study_show",
    .sentence = "Shows a study: its questions, who was asked and who answered, by wave and arm, and what can be paired.",
    .reach = REACH_STUDY,
    .takes = (const struct operation_field[]){{.name = NULL}},
    .gives =
        (const struct operation_field[]){
            {"name", FIELD_TEXT, true, "The study's name.", "\"counter\""},
            {"title", FIELD_TEXT, true, "Its title.", "\"Pharmacy counter\""},
            {"state", FIELD_TEXT, true, "open or closed.", "\"open\""},
            {"identity", FIELD_TEXT, true, "named, code or anonymous.", "\"named\""},
            {"version", FIELD_WHOLE, true, "The newest version of the questions.", "1"},
            {"created", FIELD_TEXT, true, "When it was created.", "\"2026-11-26T22:02:09.123Z\""},
            {"counts", FIELD_OBJECT, true, "Answers by form, phase and door; pairs; what could not be paired.",
             "{\"invited\": 40, \"paired\": 21}"},
            {"response", FIELD_LIST, true,
             "For each form and arm: invited, asked (its form was open), answered, partial, withdrawn, and AAPOR's response "
             "rates "
             "rr1 (whole answers of those asked) and rr2 (whole or partial).",
             "[{\"wave\": \"expectation\", \"arm\": \"both\", \"invited\": 40, \"asked\": 40, \"answered\": 25, \"partial\": 2, "
             "\"withdrawn\": 0, \"rr1\": 0.625, \"rr2\": 0.675}]"},
            {"definition", FIELD_OBJECT, true, "The study file.", "{\"gapmeter\": 1, \"title\": \"Pharmacy counter\"}"},
            {.name = NULL},
        },
    .run = study_show_run,
};
