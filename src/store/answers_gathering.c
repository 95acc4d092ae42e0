/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/answers_gathering.h"

#include <inttypes.h>
#include <string.h>

#include "base/limits.h"
#include "store/encounter_attributes.h"
#include "store/encounter_rows.h"
#include "store/row_list.h"
#include "store/submission_rows.h"

/* Of an encounter what an analysis needs. */
struct gathered_encounter {
    struct uuid id, respondent;
    bool perception_only;
    const char *attributes;
};

struct gathering {
    const struct answers_wish *wish;
    struct answers_builder *builder;
    struct row_list encounters;            /* of struct gathered_encounter, by id */
    size_t next;                           /* the first encounter that no submission has passed yet */
    struct answers_row row;                /* of the encounter that is being filled */
    const struct gathered_encounter *open; /* it; NULL: none */
    bool dated;                            /* a time stands among its attributes */
    uint64_t late, foreign;                /* submissions left out */
};

static enum status encounter_kept(struct ctx *ctx, void *state, const struct encounter *encounter)
{
    struct gathering *gathering = state;
    struct gathered_encounter *kept = row_list_add(ctx, &gathering->encounters);
    if (!kept)
        return ctx_no_memory(ctx);
    *kept = (struct gathered_encounter){.id = encounter->id,
                                        .respondent = encounter->respondent,
                                        .perception_only = encounter->arm == ARM_PERCEPTION_ONLY,
                                        .attributes = encounter->attributes};
    return STATUS_OK;
}

static const struct gathered_encounter *encounter_at(const struct gathering *gathering, size_t i)
{
    return i < gathering->encounters.count ? &((const struct gathered_encounter *)(const void *)gathering->encounters.at)[i]
                                           : NULL;
}

static enum status segment_set(struct ctx *ctx, struct gathering *gathering, uint32_t segment, struct span value)
{
    if (value.length == 0)
        return STATUS_OK;
    return answers_segment_value(ctx, gathering->builder, segment, value, &gathering->row.segments[segment]);
}

/* A date stands among the segments as the period that it falls into. */
static enum status attribute_set(struct ctx *ctx, void *state, const char *name, struct span value)
{
    struct gathering *gathering = state;
    const struct columns *columns = &gathering->wish->study->columns;
    uint32_t segment = study_segment(gathering->wish->study, span_of(name));
    char period[PERIOD_BYTES];
    struct date date;
    if (segment == UINT32_MAX)
        return STATUS_OK;
    if (columns->time && strcmp(columns->time, name) == 0 && date_parse(value, columns->time_format, &date)) {
        gathering->dated = true;
        period_format(&date, columns->time_period, period);
        value = span_of(period);
    }
    return segment_set(ctx, gathering, segment, value);
}

/* The day on which a perception came, where the encounter has no date of its own. */
static enum status day_set(struct ctx *ctx, struct gathering *gathering, int64_t received_ms)
{
    const struct columns *columns = &gathering->wish->study->columns;
    uint32_t segment = columns->time ? study_segment(gathering->wish->study, span_of(columns->time)) : UINT32_MAX;
    char text[PERIOD_BYTES];
    struct date date;
    if (segment == UINT32_MAX || gathering->dated)
        return STATUS_OK;
    date_of_ms(received_ms, &date);
    period_format(&date, columns->time_period, text);
    return segment_set(ctx, gathering, segment, span_of(text));
}

static enum status row_begin(struct ctx *ctx, struct gathering *gathering, const struct gathered_encounter *encounter)
{
    char id[UUID_TEXT_BYTES];
    bool fresh = false;
    gathering->open = encounter;
    gathering->dated = false;
    enum status status = answers_add(ctx, gathering->builder, &gathering->row);
    if (status)
        return status;
    uuid_format(uuid_is_none(&encounter->respondent) ? &encounter->id : &encounter->respondent, id);
    status = answers_respondent(ctx, gathering->builder, span_of(id), gathering->row.respondent, &fresh);
    return status ? status : attributes_each(ctx, encounter->attributes, attribute_set, gathering);
}

/* What somebody was never asked is missing for that reason. */
static enum status expectations_not_asked(struct ctx *ctx, struct gathering *gathering)
{
    static const enum standard before[] = {STANDARD_EXPECTATION, STANDARD_DESIRED, STANDARD_MINIMUM, STANDARD_IMPORTANCE};
    const struct study *study = gathering->wish->study;
    const uint32_t *slots = answers_builder_slots(gathering->builder);
    enum status status = STATUS_OK;
    for (size_t s = 0; s < sizeof before / sizeof *before; s++)
        for (uint32_t item = 0; item < study->item_count && !status; item++) {
            uint32_t slot = slots[before[s] * study->item_count + item];
            if (slot != NO_SLOT && answers_row_get(&gathering->row, slot) == 0)
                status = answers_mark_missing(ctx, gathering->builder, gathering->row.encounter, slot, MISSING_NOT_ASKED);
        }
    return status;
}

static enum status row_end(struct ctx *ctx, struct gathering *gathering)
{
    enum status status = STATUS_OK;
    if (gathering->open && gathering->open->perception_only)
        status = expectations_not_asked(ctx, gathering);
    gathering->open = NULL;
    return status;
}

static enum status rating_set(struct ctx *ctx, struct gathering *gathering, const struct question *question,
                              const struct given *given)
{
    const uint32_t *slots = answers_builder_slots(gathering->builder);
    uint32_t slot = slots[question->standard * gathering->wish->study->item_count + question->of];
    if (slot == NO_SLOT)
        return STATUS_OK;
    if (given->kind == GIVEN_CODE) {
        answers_row_set(&gathering->row, slot, (uint32_t)given->number);
        return STATUS_OK;
    }
    if (given->kind == GIVEN_DECLARED || given->kind == GIVEN_NOT_ASKED)
        return answers_mark_missing(ctx, gathering->builder, gathering->row.encounter, slot,
                                    given->kind == GIVEN_DECLARED ? MISSING_DECLARED : MISSING_NOT_ASKED);
    return STATUS_OK;
}

static enum status given_set(struct ctx *ctx, struct gathering *gathering, const struct form *form, uint32_t i,
                             const struct given *given)
{
    const struct question *question = &form->questions[i];
    const struct answers_row *row = &gathering->row;
    switch (question->kind) {
    case QUESTION_RATING:
        return rating_set(ctx, gathering, question, given);
    case QUESTION_OUTCOME:
    case QUESTION_NUMBER:
        if (given->kind == GIVEN_CODE || given->kind == GIVEN_NUMBER)
            row->outcomes[question->of] = given->number;
        return STATUS_OK;
    case QUESTION_POINTS:
        if (given->kind == GIVEN_NUMBER)
            row->points[question->of] = given->number * (INT64_C(1) << 20);
        return STATUS_OK;
    case QUESTION_CHOICE:
        if (given->kind != GIVEN_CODE)
            return STATUS_OK;
        return segment_set(ctx, gathering, form->collection->segment_questions[question->of].segment,
                           span_of(question->options[given->number - 1]));
    case QUESTION_CHOICES:
    case QUESTION_TEXT:
    case QUESTION_CODE:
    case QUESTION_KIND_COUNT:
    default:
        return STATUS_OK;
    }
}

static enum status filling_set(struct ctx *ctx, struct gathering *gathering, const struct form *form,
                               const struct filling *filling)
{
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < filling->count && !status; i++)
        status = given_set(ctx, gathering, form, i, &filling->given[i]);
    return status;
}

/* The form of a submission, when its version asks the same items on the same scales as the newest. */
static const struct form *form_of(const struct gathering *gathering, const struct submission *submission)
{
    const struct answers_wish *wish = gathering->wish;
    size_t i = 0;
    while (i < wish->version_count && wish->versions[i].version != submission->version)
        i++;
    const struct form *form = i < wish->version_count ? wish->versions[i].forms[submission->wave] : NULL;
    if (!form || form->study->item_count != wish->study->item_count)
        return NULL;
    for (uint32_t item = 0; item < wish->study->item_count; item++) {
        const struct item *then = &form->study->items[item], *now = &wish->study->items[item];
        if (strcmp(then->id, now->id) != 0 || then->reverse != now->reverse ||
            !scale_same(&form->study->scales[then->scale], &wish->study->scales[now->scale]))
            return NULL;
    }
    return form;
}

/* Does this submission enter the analysis? */
static bool is_wanted(struct gathering *gathering, const struct submission *submission)
{
    if (submission->wave == WAVE_DURING)
        return false;
    if (submission->wave == WAVE_EXPECTATION && submission->phase != PHASE_BEFORE) {
        gathering->late++;
        return false;
    }
    return true;
}

/* The row of a submission's encounter: begun when its first submission comes. */
static enum status row_open(struct ctx *ctx, struct gathering *gathering, const struct submission *submission)
{
    if (gathering->open && uuid_equal(&gathering->open->id, &submission->encounter))
        return STATUS_OK;
    enum status status = row_end(ctx, gathering);
    const struct gathered_encounter *encounter = encounter_at(gathering, gathering->next);
    while (encounter && memcmp(encounter->id.bytes, submission->encounter.bytes, sizeof encounter->id.bytes) < 0)
        encounter = encounter_at(gathering, ++gathering->next);
    if (!encounter || !uuid_equal(&encounter->id, &submission->encounter))
        return ctx_fail(ctx, STATUS_DATA, NULL, "A submission has no encounter: restore a backup.");
    return status ? status : row_begin(ctx, gathering, encounter);
}

static enum status submission_gather(struct ctx *ctx, void *state, const struct submission *submission)
{
    struct gathering *gathering = state;
    struct filling filling;
    if (!is_wanted(gathering, submission))
        return STATUS_OK;
    const struct form *form = form_of(gathering, submission);
    if (!form) {
        gathering->foreign++;
        return STATUS_OK;
    }
    enum status status = row_open(ctx, gathering, submission);
    /* What one row needs for a moment goes with it. */
    struct ctx moment = {.arena = NULL};
    if (!status && arena_create(NULL, &moment.arena))
        return ctx_no_memory(ctx);
    if (!status && filling_unpack(&moment, form, submission->answers, &filling)) {
        char id[UUID_TEXT_BYTES];
        uuid_format(&submission->encounter, id);
        status = ctx_fail(ctx, STATUS_DATA, NULL, "The answers of encounter %s cannot be read: restore a backup.", id);
    }
    if (!status)
        status = filling_set(ctx, gathering, form, &filling);
    arena_destroy(moment.arena);
    if (!status && submission->wave == WAVE_PERCEPTION)
        status = day_set(ctx, gathering, submission->received_ms);
    return status;
}

static enum status left_out_note(struct ctx *ctx, struct gathering *gathering, uint64_t count, const char *why)
{
    if (count == 0)
        return STATUS_OK;
    const char *sentence = arena_format(ctx->arena, "%" PRIu64 " %s %s", count, count == 1 ? "form" : "forms", why);
    return sentence ? answers_note(ctx, gathering->builder, sentence) : ctx_no_memory(ctx);
}

enum status answers_gather(struct ctx *ctx, struct store_session *session, const struct answers_wish *wish,
                           const struct answers **out)
{
    struct gathering gathering = {.wish = wish, .encounters = {.size_bytes = sizeof(struct gathered_encounter)}};
    enum status status = answers_begin(ctx, wish->study, &gathering.builder);
    if (!status)
        status = encounter_each(ctx, session, &wish->id, encounter_kept, &gathering);
    if (!status)
        status = submission_each(ctx, session, &wish->id, submission_gather, &gathering);
    if (!status)
        status = row_end(ctx, &gathering);
    if (!status)
        status = left_out_note(ctx, &gathering, gathering.late,
                               "with expectations came after the encounter had begun, and were left out.");
    if (!status)
        status = left_out_note(ctx, &gathering, gathering.foreign, "answered other items or scales, and were left out.");
    return status ? status : answers_end(ctx, gathering.builder, out);
}
