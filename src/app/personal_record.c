/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/personal_record.h"

#include "app/collecting.h"
#include "app/operation_value.h"
#include "app/respondent_naming.h"
#include "store/encounter_rows.h"
#include "store/study_rows.h"

static json_t *number_value(const struct question *question, const struct form *form, int64_t number)
{
    unsigned decimals = question->kind == QUESTION_NUMBER ? form->study->columns.outcomes[question->of].decimals : 0;
    double value = (double)number;
    for (unsigned i = 0; i < decimals; i++)
        value /= 10;
    return decimals ? json_real(value) : json_integer(number);
}

/* 5, not 5.0: as it was given. */
static json_t *point_value(const struct scale *scale, uint32_t code)
{
    double value = scale_value(scale, code);
    json_int_t whole = (json_int_t)value;
    return value - (double)whole == 0 ? json_integer(whole) : json_real(value);
}

/* A set of options as the list of those that were chosen. */
static json_t *set_value(const struct question *question, int64_t set)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < question->option_count; i++) {
        if (((uint64_t)set >> i & 1u) != 0)
            (void)json_array_append_new(list, json_string(question->options[i]));
    }
    return list;
}

/* NULL: nothing was given. */
static json_t *given_value(const struct form *form, const struct question *question, const struct given *given)
{
    switch (given->kind) {
    case GIVEN_CODE:
        if (question->scale)
            return point_value(question->scale, (uint32_t)given->number);
        return given->number >= 1 && given->number <= question->option_count ? json_string(question->options[given->number - 1])
                                                                             : json_integer(given->number);
    case GIVEN_DECLARED:
        return json_string("na");
    case GIVEN_SET:
        return set_value(question, given->number);
    case GIVEN_NUMBER:
        return number_value(question, form, given->number);
    case GIVEN_TEXT:
        return json_stringn(given->text.at, given->text.length);
    case GIVEN_NOTHING:
    case GIVEN_NOT_ASKED:
        break;
    }
    return NULL;
}

enum status submission_value(struct ctx *ctx, const struct operation_call *call, const struct submission *submission,
                             json_t **out)
{
    const struct form *form = NULL;
    struct filling filling;
    const struct form_choice choice = {submission->study, submission->version, submission->wave, submission->language};
    const char *consent = NULL;
    enum status status = desk_form(ctx, call->desk, call->session, &choice, &form);
    if (!status)
        status = study_consent(ctx, call->session, &submission->study, &submission->consent, &consent);
    if (!status)
        status = filling_unpack(ctx, form, submission->answers, &filling);
    if (status)
        return status;
    json_t *answers = json_object();
    for (uint32_t i = 0; i < filling.count; i++) {
        json_t *value = given_value(form, &form->questions[i], &filling.given[i]);
        if (value)
            (void)json_object_set_new(answers, form->questions[i].field, value);
    }
    return value_give(ctx,
                      json_pack("{s:s,s:s,s:s,s:s,s:I,s:o,s:s?,s:s?,s:o}", "wave", wave_name(submission->wave), "phase",
                                phase_name(submission->phase), "door", door_kind_name(submission->door), "language",
                                submission->language, "version", (json_int_t)submission->version, "received",
                                value_time(submission->received_ms), "receipt", submission->receipt, "consent", consent,
                                "answers", answers),
                      out);
}

/* What everybody says of an encounter. */
static json_t *encounter_value(const struct encounter *encounter)
{
    return json_pack("{s:o,s:s,s:o,s:o,s:o,s:o,s:o}", "encounter", value_id(&encounter->id), "arm",
                     encounter->arm == ARM_BOTH ? "both" : "perception only", "attributes", value_of_text(encounter->attributes),
                     "created", value_time(encounter->created_ms), "planned", value_time(encounter->planned_ms), "began",
                     value_time(encounter->began_ms), "ended", value_time(encounter->ended_ms));
}

static enum status encounters_value(struct ctx *ctx, const struct operation_call *call, const struct uuid *respondent,
                                    encounter_more *more, json_t *list)
{
    struct encounter *encounters = NULL;
    size_t count = 0;
    enum status status = encounter_list(ctx, call->session, &call->study.id, respondent, &encounters, &count);
    for (size_t i = 0; !status && i < count; i++) {
        json_t *value = encounter_value(&encounters[i]);
        if (json_array_append_new(list, value) != 0)
            return ctx_no_memory(ctx);
        status = more(ctx, call, &encounters[i], value);
    }
    return status;
}

enum status person_value(struct ctx *ctx, const struct operation_call *call, encounter_more *more, json_t **out)
{
    struct uuid respondent;
    json_t *value = NULL, *list = json_array();
    enum status status = respondent_named(ctx, call, &respondent);
    if (!status)
        status = encounters_value(ctx, call, &respondent, more, list);
    if (!status)
        status = respondent_value(ctx, call, &respondent, &value);
    if (status) {
        json_decref(list);
        return status;
    }
    if (json_object_set_new(value, "encounters", list) != 0) {
        json_decref(value);
        return ctx_no_memory(ctx);
    }
    return value_give(ctx, value, out);
}
