/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/answers_gathering.h"

#include "base/limits.h"
#include "base/out.h"
#include "base/wide.h"
#include "model/answers_builder.h"
#include "model/attribute_text.h"
#include "store/encounter_rows.h"
#include "store/submission_rows.h"
#include "store/version_targets.h"

/* What is counted on the way, for the notes. */
struct gathering_counts {
    uint64_t expectations[PHASE_COUNT]; /* left out, by their phase */
    uint64_t foreign;                   /* encounters on other scales */
    uint64_t unweighted;                /* encounters without a weight that can be used */
};

struct gathering {
    struct ctx *ctx; /* whose arena keeps the answers */
    struct store_session *session;
    const struct study *study;
    struct version_targets *versions;
    size_t version_count;
    struct answers_builder *builder;
    uint32_t slot_count, time_segment;
    const enum phase *only; /* of the wish */
    bool named;             /* respondents are known */
    struct uuid here;       /* the encounter whose submissions come now */
    struct uuid foreign;    /* the last encounter that was left out */
    bool open;              /* it has a row */
    struct answers_row row; /* of it */
    enum arm arm;           /* of it */
    int64_t at_ms;          /* when it was: 0 not known */
    bool began, weighted, clustered, stratified, marked;
    const struct version_targets *version; /* it was asked with */
    struct gathering_counts counts;
};

static bool text_means_missing(const struct study *study, struct span text)
{
    for (uint32_t i = 0; i < study->missing_count; i++)
        if (span_is(text, study->missing[i].text))
            return true;
    return text.length == 0;
}

static enum status segment_set(struct gathering *gathering, uint32_t segment, struct span text)
{
    char period[PERIOD_BYTES];
    struct date date;
    if (text_means_missing(gathering->study, text))
        return STATUS_OK;
    if (segment == gathering->time_segment) {
        if (!date_parse(text, gathering->study->columns.time_format, &date))
            return STATUS_OK;
        period_format(&date, gathering->study->columns.time_period, period);
        text = span_of(period);
    }
    return answers_segment_value(gathering->ctx, gathering->builder, segment, text, &gathering->row.segments[segment]);
}

/* A weight in units of 2^-40; false when it is none that can be used. */
static bool weight_parse(struct span text, int64_t *out)
{
    struct decimal number;
    if (!decimal_parse(span_trim(text), '.', &number) || number.units <= 0)
        return false;
    int128 divisor = 1, weight = (int128)number.units << WEIGHT_FRACTION_BITS;
    for (unsigned i = 0; i < number.places; i++)
        divisor *= 10;
    weight = (weight + divisor / 2) / divisor;
    *out = (int64_t)weight;
    return weight > 0 && weight < (int128)1 << (WEIGHT_FRACTION_BITS + WEIGHT_INTEGER_BITS);
}

static bool is_column(const char *column, struct span name)
{
    return column != NULL && span_is(name, column);
}

/* One attribute of the encounter: a segment, or what the sample was drawn by, as a column of a file would be. */
static enum status attribute_take(struct ctx *ctx, void *state, struct span name, struct span value)
{
    struct gathering *gathering = state;
    const struct columns *columns = &gathering->study->columns;
    enum status status = STATUS_OK;
    (void)ctx;
    for (uint32_t i = 0; i < columns->segment_count && !status; i++)
        if (is_column(columns->segments[i].column, name))
            status = segment_set(gathering, i, value);
    if (!status && is_column(columns->weight, name))
        gathering->weighted = weight_parse(value, gathering->row.weight);
    if (!status && is_column(columns->cluster, name)) {
        gathering->clustered = true;
        status = answers_cluster(gathering->ctx, gathering->builder, value, gathering->row.cluster);
    }
    if (!status && is_column(columns->strata, name)) {
        gathering->stratified = true;
        status = answers_stratum(gathering->ctx, gathering->builder, value, gathering->row.stratum);
    }
    return status;
}

/* Who it was: a respondent by id, and where nobody is known the encounter itself. */
static enum status respondent_set(struct gathering *gathering, const struct uuid *respondent)
{
    char id[UUID_TEXT_BYTES];
    bool fresh;
    if (!gathering->named)
        return STATUS_OK;
    uuid_format(uuid_is_none(respondent) ? &gathering->here : respondent, id);
    return answers_respondent(gathering->ctx, gathering->builder, span_of(id), gathering->row.respondent, &fresh);
}

static enum status encounter_open(struct ctx *scratch, struct gathering *gathering, const struct submission *submission)
{
    struct encounter encounter = {.attributes = "{}"};
    bool found = false;
    enum status status = answers_add(gathering->ctx, gathering->builder, &gathering->row);
    if (status)
        return status;
    gathering->open = true;
    gathering->weighted = gathering->clustered = gathering->stratified = gathering->marked = false;
    status = encounter_get(scratch, gathering->session, &submission->study, &submission->encounter, &encounter, &found);
    gathering->arm = encounter.arm;
    answers_invited(gathering->builder, encounter.invited, 0);
    if (gathering->row.arm != NULL && encounter.invited) /* who came by a door was not drawn */
        *gathering->row.arm = encounter.arm == ARM_BOTH ? DRAWN_BOTH : DRAWN_PERCEPTION_ONLY;
    gathering->at_ms = encounter.began_ms;
    gathering->began = encounter.began_ms > 0;
    if (!status)
        status = respondent_set(gathering, &encounter.respondent);
    if (!status)
        status = attributes_each(scratch, span_of(encounter.attributes), attribute_take, gathering);
    return status;
}

/* When it was, where the attributes do not say: when it began, or else when it was answered. */
static enum status time_set(struct gathering *gathering)
{
    struct date date;
    char period[PERIOD_BYTES];
    uint32_t segment = gathering->time_segment;
    if (segment == UINT32_MAX || gathering->row.segments[segment] != NO_SEGMENT_VALUE || gathering->at_ms <= 0)
        return STATUS_OK;
    date_of_ms(gathering->at_ms, &date);
    period_format(&date, gathering->study->columns.time_period, period);
    return answers_segment_value(gathering->ctx, gathering->builder, segment, span_of(period), &gathering->row.segments[segment]);
}

static bool is_wished(const struct gathering *gathering, enum phase phase)
{
    return gathering->only != NULL && *gathering->only == phase;
}

/* Does the form of during the encounter ask for this slot? */
static bool during_asks(const struct version_targets *version, uint32_t slot)
{
    const struct form *form = version->version->forms[WAVE_DURING];
    for (uint32_t i = 0; form != NULL && i < form->question_count; i++)
        if (version->targets[WAVE_DURING][i].kind == TARGET_SLOT && version->targets[WAVE_DURING][i].at == slot)
            return true;
    return false;
}

static bool slot_unasked(const struct gathering *gathering, uint32_t slot)
{
    unsigned wave = gathering->version->wave_of_slot[slot];
    if (wave == WAVE_PERCEPTION && is_wished(gathering, PHASE_DURING))
        return !during_asks(gathering->version, slot);
    return wave == WAVE_COUNT || (wave == WAVE_EXPECTATION && gathering->arm == ARM_PERCEPTION_ONLY);
}

/* Ends the row of the encounter: what it was not asked is not skipped. */
static enum status encounter_close(struct gathering *gathering)
{
    const struct columns *columns = &gathering->study->columns;
    if (!gathering->open)
        return STATUS_OK;
    gathering->open = false;
    enum status status = time_set(gathering);
    for (uint32_t slot = 0; slot < gathering->slot_count && !status; slot++) {
        if (slot_unasked(gathering, slot) && answers_row_get(&gathering->row, slot) == 0)
            status = answers_mark_missing(gathering->ctx, gathering->builder, gathering->row.encounter, slot, MISSING_NOT_ASKED);
    }
    if (!status && columns->cluster != NULL && !gathering->clustered)
        status = answers_cluster(gathering->ctx, gathering->builder, span_of(""), gathering->row.cluster);
    if (!status && columns->strata != NULL && !gathering->stratified)
        status = answers_stratum(gathering->ctx, gathering->builder, span_of(""), gathering->row.stratum);
    gathering->counts.unweighted += columns->weight != NULL && !gathering->weighted;
    return status;
}

static enum status slot_fill(struct gathering *gathering, uint32_t slot, const struct given *given)
{
    if (given->kind == GIVEN_CODE)
        answers_row_set(&gathering->row, slot, (uint32_t)given->number);
    if (given->kind != GIVEN_DECLARED && given->kind != GIVEN_NOT_ASKED)
        return STATUS_OK;
    return answers_mark_missing(gathering->ctx, gathering->builder, gathering->row.encounter, slot,
                                given->kind == GIVEN_DECLARED ? MISSING_DECLARED : MISSING_NOT_ASKED);
}

/* Words are no answer for tables, but are exported; choices are sources of expectations, in the order of their enum. */
static enum status text_fill(struct gathering *gathering, const struct question *question, const struct given *given)
{
    if (given->kind == GIVEN_TEXT)
        return answers_text(gathering->ctx, gathering->builder, gathering->row.encounter, question->field, given->text);
    if (given->kind == GIVEN_SET && gathering->row.sources != NULL)
        *gathering->row.sources = (uint16_t)given->number;
    return STATUS_OK;
}

static enum status given_fill(struct gathering *gathering, const struct target *target, const struct question *question,
                              const struct given *given)
{
    switch (target->kind) {
    case TARGET_SLOT:
        return slot_fill(gathering, target->at, given);
    case TARGET_OUTCOME:
        if (given->kind == GIVEN_CODE || given->kind == GIVEN_NUMBER)
            outcome_set(gathering->row.outcomes, gathering->row.outcome_places[target->at], given->number);
        return STATUS_OK;
    case TARGET_POINTS:
        if (given->kind == GIVEN_NUMBER)
            gathering->row.points[target->at] = given->number << 20u;
        return STATUS_OK;
    case TARGET_SEGMENT:
        if (given->kind != GIVEN_CODE)
            return STATUS_OK;
        return segment_set(gathering, target->at, span_of(question->options[given->number - 1]));
    case TARGET_NONE:
    default:
        return text_fill(gathering, question, given);
    }
}

static enum status submission_unreadable(struct ctx *ctx, const struct submission *submission)
{
    char encounter[UUID_TEXT_BYTES];
    uuid_format(&submission->encounter, encounter);
    return ctx_fail(ctx, STATUS_DATA, NULL,
                    "What was answered on %s in encounter %s cannot be read with version %u of the instrument.",
                    wave_name(submission->wave), encounter, (unsigned)submission->version);
}

/* What becomes of one answer of a form that enters. */
enum use {
    USE_ENTERS,
    USE_WISHED,   /* it enters because its phase is wished for */
    USE_RECALLED, /* left out, and counted: an expectation of a perception form in a study that asks before */
    USE_NONE
};

/* Expectations of a perception form are recalled, or of the same sitting: they do not mix with those of before. */
static enum use use_of(const struct gathering *gathering, const struct submission *submission, const struct target *target)
{
    bool of_perception = submission->wave == WAVE_PERCEPTION && target->kind == TARGET_SLOT;
    if (!of_perception)
        return USE_ENTERS;
    if (!target->expectation)
        return is_wished(gathering, PHASE_DURING) ? USE_NONE : USE_ENTERS;
    if (gathering->only == NULL)
        return gathering->study->asked == ASKED_BEFORE ? USE_RECALLED : USE_ENTERS;
    return is_wished(gathering, PHASE_RECALLED) ? USE_WISHED : USE_NONE;
}

static enum status filling_fill(struct ctx *scratch, struct gathering *gathering, const struct submission *submission)
{
    const struct version_targets *version = gathering->version;
    const struct form *form = version->version->forms[submission->wave];
    const struct target *targets = version->targets[submission->wave];
    struct filling filling;
    enum status status = form == NULL ? STATUS_DATA : filling_unpack(scratch, form, submission->answers, &filling);
    if (status == STATUS_DATA)
        return submission_unreadable(scratch, submission);
    if (status)
        return status;
    bool set_aside = false, enters = false;
    for (uint32_t i = 0; i < filling.count && !status; i++) {
        enum use use = use_of(gathering, submission, &targets[i]);
        bool answered = filling.given[i].kind == GIVEN_CODE;
        set_aside = set_aside || (use == USE_RECALLED && answered);
        enters = enters || (use == USE_WISHED && answered);
        if (use != USE_RECALLED && use != USE_NONE)
            status = given_fill(gathering, &targets[i], &form->questions[i], &filling.given[i]);
    }
    gathering->counts.expectations[PHASE_RECALLED] += set_aside;
    if (status || !(enters || is_wished(gathering, submission->phase)) || gathering->marked)
        return status;
    gathering->marked = true;
    return answers_text(gathering->ctx, gathering->builder, gathering->row.encounter, ANSWERS_PHASE_FIELD,
                        span_of(phase_name(*gathering->only)));
}

/* Expectations enter when they were answered in the phase that the study says it asked, or in the one that is wished for. */
static bool submission_enters(struct gathering *gathering, const struct submission *submission)
{
    if (submission->wave == WAVE_PERCEPTION)
        return true;
    if (submission->wave == WAVE_DURING)
        return is_wished(gathering, PHASE_DURING);
    enum phase wanted = gathering->only != NULL && *gathering->only != PHASE_DURING && *gathering->only != PHASE_AFTER
                            ? *gathering->only
                            : PHASE_BEFORE;
    bool enters = (gathering->only != NULL || gathering->study->asked == ASKED_BEFORE) && submission->phase == wanted;
    if (!enters)
        gathering->counts.expectations[submission->phase]++;
    return enters;
}

static const struct version_targets *version_find(const struct gathering *gathering, uint32_t version)
{
    for (size_t i = 0; i < gathering->version_count; i++)
        if (gathering->versions[i].version->version == version)
            return &gathering->versions[i];
    return NULL;
}

static enum status submission_gather(struct ctx *scratch, struct gathering *gathering, const struct submission *submission)
{
    const struct version_targets *version = version_find(gathering, submission->version);
    bool fresh = !uuid_equal(&gathering->here, &submission->encounter);
    enum status status = fresh ? encounter_close(gathering) : STATUS_OK;
    gathering->here = submission->encounter;
    if (status)
        return status;
    if (version == NULL)
        return submission_unreadable(scratch, submission);
    if (version->foreign) {
        gathering->counts.foreign += !uuid_equal(&gathering->foreign, &submission->encounter);
        gathering->foreign = submission->encounter;
        return STATUS_OK;
    }
    if (!submission_enters(gathering, submission))
        return STATUS_OK;
    if (!gathering->open)
        status = encounter_open(scratch, gathering, submission);
    answers_dated(gathering->builder, submission->received_ms);
    gathering->version = version;
    if (!gathering->began)
        gathering->at_ms = submission->received_ms; /* the perception's, which comes last, where there is one */
    return status ? status : filling_fill(scratch, gathering, submission);
}

/* What one submission needs while it is read goes when it was read. */
static enum status submission_each_gather(struct ctx *ctx, void *state, const struct submission *submission)
{
    struct ctx scratch = {.cancel = ctx->cancel};
    enum status status = arena_create(ctx->arena, &scratch.arena);
    if (status)
        return ctx_no_memory(ctx);
    status = submission_gather(&scratch, state, submission);
    if (scratch.error.status)
        ctx->error = scratch.error;
    arena_destroy(scratch.arena);
    return status ? status : ctx_cancelled(ctx);
}

static enum status notes_write(struct gathering *gathering)
{
    const struct gathering_counts *counts = &gathering->counts;
    const struct {
        uint64_t count;
        const char *one, *many;
    } notes[] = {
        {counts->expectations[PHASE_LATE], "note.live.late.one", "note.live.late"},
        {counts->expectations[PHASE_RECALLED], "note.live.recalled.one", "note.live.recalled"},
        {counts->expectations[PHASE_BEFORE], "note.live.before.one", "note.live.before"},
        {counts->foreign, "note.live.foreign.one", "note.live.foreign"},
        {counts->unweighted, "note.live.unweighted.one", "note.live.unweighted"},
    };
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof notes / sizeof *notes && !status; i++) {
        const struct note_word words[] = {note_count("count", notes[i].count), {.name = NULL}};
        if (notes[i].count)
            status = answers_note(gathering->ctx, gathering->builder, notes[i].count == 1 ? notes[i].one : notes[i].many, words);
    }
    return status;
}

static enum status gathering_begin(struct gathering *gathering, const struct version_forms *versions, size_t count)
{
    struct ctx *ctx = gathering->ctx;
    const struct study *study = gathering->study;
    enum status status = answers_begin(ctx, study, &gathering->builder);
    if (status)
        return status;
    const uint32_t *slots = answers_builder_slots(gathering->builder);
    gathering->versions = arena_array(ctx->arena, count + 1u, sizeof *gathering->versions);
    if (gathering->versions == NULL)
        return ctx_no_memory(ctx);
    gathering->version_count = count;
    for (size_t i = 0; i < count && !status; i++)
        status = version_targets_find(ctx, study, slots, &versions[i], &gathering->versions[i]);
    for (size_t i = 0; i < (size_t)STANDARD_COUNT * study->item_count; i++)
        gathering->slot_count += slots[i] != NO_SLOT;
    gathering->time_segment = study->columns.time == NULL ? UINT32_MAX : study_segment(study, span_of(study->columns.time));
    gathering->named = study->collection == NULL || study->collection->identity == IDENTITY_NAMED;
    return status;
}

enum status answers_gather(struct ctx *ctx, struct store_session *session, const struct answers_wish *wish,
                           const struct answers **out)
{
    struct gathering gathering = {.ctx = ctx, .session = session, .study = wish->study, .only = wish->only};
    enum status status = gathering_begin(&gathering, wish->versions, wish->version_count);
    if (!status)
        status = submission_each(ctx, session, &wish->id, submission_each_gather, &gathering);
    if (!status)
        status = encounter_close(&gathering);
    if (!status)
        status = notes_write(&gathering);
    if (!status)
        answers_invited(gathering.builder, 0, wish->invited);
    return status ? status : answers_end(ctx, gathering.builder, out);
}
