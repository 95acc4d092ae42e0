/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one function that records a submission, whatever door it came through. */
#include <string.h>

#include "app/code_pairing.h"
#include "app/recording.h"
#include "base/limits.h"
#include "formats/form_fields.h"
#include "instrument/form_making.h"
#include "model/words.h"
#include "store/encounter_rows.h"
#include "store/event_rows.h"
#include "store/study_rows.h"
#include "store/submission_rows.h"
#include "store/token_rows.h"

/* Adds a line to the log: without the encounter where nobody may be known. */
static enum status note(struct ctx *ctx, const struct recording *recording, const char *kind, int64_t count)
{
    const struct live_study *study = &recording->result->ticket.study;
    struct event event = {
        .study = study->id, .at_ms = study_moment(study, recording->now), .kind = kind, .actor = "respondent", .count = count};
    if (study->identity == IDENTITY_NAMED)
        event.encounter = recording->way.encounter.id;
    return event_add(ctx, recording->session, &event);
}

/* Standards in the wrong order: shown to the respondent once, then taken as they are.
 * gives   *done  they are to be shown */
static enum status inversions_check(struct ctx *ctx, struct recording *recording, bool *done)
{
    struct submission_result *result = recording->result;
    enum status status =
        form_inversions(ctx, result->ticket.form, &recording->reading.filling, &result->inverted, &result->inverted_count);
    *done = !status && result->inverted_count > 0 && !recording->request->confirmed && result->ticket.door != DOOR_PAPER &&
            result->ticket.door != DOOR_API;
    if (*done)
        result->outcome = SUBMISSION_INVERTED;
    return status;
}

/* Where only days are known, the day on which an encounter begins is not yet late: nobody can tell what came first on it. */
static enum phase phase_of_expectation(const struct live_study *study, const struct encounter *encounter, int64_t at,
                                       bool perceived)
{
    int64_t began = encounter->began_ms ? encounter->began_ms : encounter->planned_ms;
    if (perceived)
        return PHASE_RECALLED;
    bool late = study->identity == IDENTITY_ANONYMOUS ? at > began : at >= began;
    return began && late ? PHASE_LATE : PHASE_BEFORE;
}

static enum status phase_find(struct ctx *ctx, struct recording *recording, enum phase *out)
{
    const struct way_found *way = &recording->way;
    struct submission perception = {.study = way->ticket.study.id, .encounter = way->encounter.id, .wave = WAVE_PERCEPTION};
    bool perceived = false;
    enum status status = STATUS_OK;
    if (way->ticket.wave == WAVE_EXPECTATION && !recording->fresh)
        status = submission_get(ctx, recording->session, &perception, &perceived);
    if (way->ticket.wave == WAVE_EXPECTATION)
        *out = phase_of_expectation(&way->ticket.study, &way->encounter, study_moment(&way->ticket.study, recording->now),
                                    perceived);
    else
        *out = way->ticket.wave == WAVE_DURING ? PHASE_DURING : PHASE_AFTER;
    return status;
}

/* The encounter of a submission that is not bound to one: a new one, or that of somebody with the same code. */
static enum status encounter_find(struct ctx *ctx, struct recording *recording)
{
    struct way_found *way = &recording->way;
    const struct live_study *study = &way->ticket.study;
    struct code_match match = {.paired = false};
    if (way->has_encounter)
        return STATUS_OK;
    struct encounter fresh = {.study = study->id,
                              .arm = way->ticket.wave == WAVE_PERCEPTION ? ARM_PERCEPTION_ONLY : ARM_BOTH,
                              .version = way->sheet->version,
                              .language = way->ticket.form->language,
                              .attributes = way->attributes ? way->attributes : "{}",
                              .created_ms = study_moment(study, recording->now)};
    fresh.seed = way->seed ? way->seed : ticket_seed_make();
    study_id_make(study, &fresh.id);
    way->encounter = fresh;
    recording->fresh = true;
    enum status status = STATUS_OK;
    if (study->identity == IDENTITY_CODE)
        status = code_pair(ctx, recording->session, way, &recording->reading, &match);
    recording->fresh = !match.paired;
    if (!status && recording->fresh)
        status = encounter_add(ctx, recording->session, &way->encounter);
    if (!status && recording->fresh && match.hash_count > 0)
        status = code_add(ctx, recording->session, &study->id, &way->encounter.id, match.hashes, match.hash_count);
    if (!status && match.ambiguous)
        status = note(ctx, recording, "code_ambiguous", (int64_t)match.ambiguous);
    return status;
}

/* The first answer of an anonymous invitation goes to an encounter of its own, and the one of the invitation is gone: whoever has
 * seen its id, or has an older copy of the store, finds nothing of the answers by it. Of the seed, too, they have not heard. */
static enum status encounter_part(struct ctx *ctx, struct recording *recording)
{
    struct way_found *way = &recording->way;
    struct encounter *encounter = &way->encounter;
    if (!way->has_encounter || way_is_bound(way))
        return STATUS_OK;
    enum status status = encounter_remove(ctx, recording->session, &encounter->study, &encounter->id);
    study_id_make(&way->ticket.study, &encounter->id);
    encounter->seed = way->seed ? way->seed : ticket_seed_make();
    encounter->created_ms = study_moment(&way->ticket.study, recording->now);
    encounter->planned_ms = 0;
    return status ? status : encounter_add(ctx, recording->session, encounter);
}

/* A token that was used meanwhile, or an encounter that has answered: nothing is stored. */
static enum status refuse(struct submission_result *result, enum ticket_state state)
{
    result->outcome = SUBMISSION_REFUSED;
    result->ticket.state = state;
    return STATUS_OK;
}

/* "K7Q2-M9XA-3FTW": 60 random bits without letters that are taken for others. */
static const char *receipt_make(struct ctx *ctx)
{
    static const char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"; /* 32: five bits each */
    uint8_t chance[14];
    char text[15];
    secret_bytes(chance, sizeof chance);
    for (unsigned i = 0; i < 14; i++)
        text[i] = i == 4 || i == 9 ? '-' : letters[chance[i] & 31u];
    text[14] = '\0';
    return arena_copy(ctx->arena, span_of(text));
}

/* The first form that is answered fixes the language of the encounter. */
static enum status language_keep(struct ctx *ctx, struct recording *recording)
{
    struct encounter *encounter = &recording->way.encounter;
    if (recording->fresh || *encounter->language)
        return STATUS_OK;
    encounter->language = recording->result->ticket.form->language;
    return encounter_update(ctx, recording->session, encounter);
}

/* The text that the respondent was shown, in their language: kept once, and named by its hash. */
static enum status consent_keep(struct ctx *ctx, const struct recording *recording, struct digest *out)
{
    const struct way_found *way = &recording->way;
    const char *text = recording->result->ticket.form->consent;
    digest_of(span_of(text), out);
    if (digest_equal(out, &way->sheet->consent))
        return STATUS_OK;
    return study_consent_add(ctx, recording->session, &way->ticket.study.id, text,
                             study_moment(&way->ticket.study, recording->now));
}

/* Writes the submission; *first says that it is the only one of its encounter and wave. */
static enum status submission_write(struct ctx *ctx, struct recording *recording, bool *first)
{
    const struct way_found *way = &recording->way;
    struct submission_result *result = recording->result;
    struct submission submission = {.study = way->ticket.study.id,
                                    .encounter = way->encounter.id,
                                    .wave = way->ticket.wave,
                                    .phase = result->phase,
                                    .version = way->sheet->version,
                                    .door = way->ticket.door,
                                    .language = result->ticket.form->language,
                                    .received_ms = study_moment(&way->ticket.study, recording->now),
                                    .seconds = recording->request->seconds,
                                    .receipt = receipt_make(ctx)};
    if (!submission.receipt)
        return ctx_no_memory(ctx);
    study_id_make(&way->ticket.study, &submission.id);
    result->receipt = submission.receipt;
    enum status status = consent_keep(ctx, recording, &submission.consent);
    if (!status)
        status = filling_pack(ctx, result->ticket.form, &recording->reading.filling, &submission.answers);
    return status ? status : submission_add(ctx, recording->session, &submission, first);
}

/* Marks the personal links of this wave as used: the one it came by, or those of an encounter that the API names. */
static enum status tokens_use(struct ctx *ctx, struct recording *recording, bool *first)
{
    const struct way_found *way = &recording->way;
    const struct live_study *study = &way->ticket.study;
    bool forget = study->identity == IDENTITY_ANONYMOUS, used = false;
    int64_t moment = study_moment(study, recording->now);
    struct token *tokens = NULL;
    size_t count = 0;
    *first = true;
    if (way->by_token)
        return token_use(ctx, recording->session, &way->token, moment ? moment : 1, forget, first);
    if (recording->fresh)
        return STATUS_OK;
    enum status status = token_list(ctx, recording->session, &study->id, &way->encounter.id, &tokens, &count);
    for (size_t i = 0; i < count && !status; i++)
        if (tokens[i].wave == way->ticket.wave)
            status = token_use(ctx, recording->session, &tokens[i], moment ? moment : 1, forget, &used);
    return status;
}

static enum status store_all(struct ctx *ctx, struct recording *recording)
{
    struct submission_result *result = recording->result;
    bool first = false;
    enum status status = encounter_find(ctx, recording);
    if (!status)
        status = phase_find(ctx, recording, &result->phase);
    if (!status)
        status = tokens_use(ctx, recording, &first);
    if (!status && !first)
        return refuse(result, TICKET_USED);
    if (!status)
        status = encounter_part(ctx, recording);
    if (!status)
        status = submission_write(ctx, recording, &first);
    if (!status && !first)
        return refuse(result, TICKET_USED);
    if (!status)
        status = language_keep(ctx, recording);
    if (!status)
        status = follow_up_make(ctx, recording);
    if (!status && result->inverted_count > 0)
        status = note(ctx, recording, "inversions_kept", (int64_t)result->inverted_count);
    if (!status && recording->request->suspicious)
        status = note(ctx, recording, "flagged_as_automatic", 1);
    if (!status)
        status = repeat_note(ctx, recording);
    result->outcome = SUBMISSION_STORED;
    if (recording->result->ticket.study.identity == IDENTITY_ANONYMOUS)
        store_traces_leave(recording->session, TRACES_OF_LOG);
    if (recording->result->ticket.study.identity != IDENTITY_ANONYMOUS)
        result->encounter = recording->way.encounter.id;
    return status;
}

/* A draft hangs on its link, and would tell the answers of whoever the link was sent to: anonymous studies keep none. */
static bool draft_is_kept(const struct recording *recording)
{
    return recording->request->draft && recording->way.by_token && recording->way.ticket.study.identity != IDENTITY_ANONYMOUS;
}

static enum status draft_store(struct ctx *ctx, struct recording *recording)
{
    const struct way_found *way = &recording->way;
    struct draft draft = {.study = way->ticket.study.id,
                          .token = way->token.hash,
                          .updated_ms = study_moment(&way->ticket.study, recording->now),
                          .seconds = recording->request->seconds};
    recording->result->outcome = SUBMISSION_DRAFTED;
    enum status status = filling_pack(ctx, recording->result->ticket.form, &recording->reading.filling, &draft.answers);
    return status ? status : draft_put(ctx, recording->session, &draft);
}

/* Where the study wants it, nothing is kept without a tick. */
static enum status consent_check(struct ctx *ctx, struct recording *recording)
{
    struct form_reading *reading = &recording->reading;
    const struct form *form = recording->result->ticket.form;
    if (!recording->way.sheet->collection->consent_required || recording->request->consented)
        return STATUS_OK;
    struct form_problem *problems = arena_array(ctx->arena, reading->problem_count + 1u, sizeof *problems);
    if (!problems)
        return ctx_no_memory(ctx);
    problems[0] =
        (struct form_problem){.question = UINT32_MAX, .sentence = words_or_english(form->language, "form.problem.consent")};
    for (size_t i = 0; i < reading->problem_count; i++)
        problems[i + 1] = reading->problems[i];
    reading->problems = problems;
    reading->problem_count++;
    return STATUS_OK;
}

/* Everything that may be said about the answers before anything is written.
 * gives   *done  nothing is to be stored */
static enum status answers_judge(struct ctx *ctx, struct recording *recording, bool *done)
{
    const struct submission_request *request = recording->request;
    struct submission_result *result = recording->result;
    enum status status = form_read(ctx, result->ticket.form, request->fields, request->field_count, &recording->reading);
    *done = false;
    if (status)
        return status;
    result->given = recording->reading.filling;
    if (draft_is_kept(recording))
        return STATUS_OK;
    status = consent_check(ctx, recording);
    if (status)
        return status;
    if (recording->reading.problem_count > 0) {
        result->problems = recording->reading.problems;
        result->problem_count = recording->reading.problem_count;
        result->outcome = SUBMISSION_PROBLEMS;
        *done = true;
        return STATUS_OK;
    }
    return inversions_check(ctx, recording, done);
}

/* When it was answered: a kiosk that was offline says so, and no earlier than there was a study; so do programs. Of anybody else the
 * clock here is believed, or an expectation could make itself earlier than the encounter. */
static int64_t moment_answered(const struct recording *recording)
{
    const struct ticket *ticket = &recording->way.ticket;
    int64_t told = recording->request->way.answered_ms;
    bool kiosk = ticket->door == DOOR_KIOSK && recording->request->way.door.at;
    if (!told || told > recording->now || !(kiosk || submission_of_program(recording->request)))
        return recording->now;
    return kiosk && told < ticket->study.created_ms ? ticket->study.created_ms : told;
}

/* Programs say in which language they asked: one that the study does not speak would be kept as another. People's browsers only wish. */
static bool language_is_strange(const struct recording *recording)
{
    const char *language = recording->request->language;
    return submission_of_program(recording->request) && *language &&
           !collection_speaks(recording->way.sheet->collection, language);
}

enum status submission_record(struct ctx *ctx, struct desk *desk, struct store_session *session,
                              const struct submission_request *request, struct submission_result *out)
{
    struct recording recording = {.desk = desk, .session = session, .request = request, .result = out, .now = desk_now_ms()};
    bool done = false;
    *out = (struct submission_result){.outcome = SUBMISSION_REFUSED};
    enum status status = way_find(ctx, desk, session, &request->way, request->language, &recording.way);
    out->ticket = recording.way.ticket;
    recording.now = moment_answered(&recording);
    if (status || out->ticket.state == TICKET_UNKNOWN)
        return status;
    status = repeat_check(ctx, &recording, &done);
    if (status || done || out->ticket.state != TICKET_OPEN)
        return status;
    if (language_is_strange(&recording))
        return problem_tell(ctx, out, "The study does not speak this language; leave it out, or name one that it does.");
    status = answers_judge(ctx, &recording, &done);
    if (status || done)
        return status;
    return draft_is_kept(&recording) ? draft_store(ctx, &recording) : store_all(ctx, &recording);
}
