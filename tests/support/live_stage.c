/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/live_stage.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/operation.h"
#include "app/study_creation.h"
#include "store/encounter_rows.h"
#include "store/event_rows.h"
#include "store/store.h"
#include "store/study_rows.h"
#include "store/submission_rows.h"

const char *live_stage_file(struct live_stage *stage, const char *collection)
{
    return arena_format(
        stage->job.ctx.arena,
        "{\"gapmeter\": 1, \"title\": \"Counter\", \"design\": {\"expectation\": \"will\", \"asked\": \"before\"},"
        "\"scale\": {\"min\": 1, \"max\": 5, \"step\": 1, \"labels\": {\"1\": \"Disagree\", \"5\": \"Agree\"}},"
        "\"dimensions\": [{\"id\": \"all\", \"title\": \"All\"}],"
        "\"items\": [{\"id\": \"q1\", \"dimension\": \"all\", \"text\": \"Keeps its promises\"},"
        "{\"id\": \"q2\", \"dimension\": \"all\", \"text\": \"Is quick\"}],"
        "\"columns\": {\"respondent\": \"id\", \"expectation\": \"e{n}\", \"perception\": \"p{n}\","
        "\"outcomes\": {\"satisfaction\": {\"column\": \"sat\", \"min\": 1, \"max\": 10}},"
        "\"segments\": [\"branch\", \"sex\"], \"comments\": [\"why\"]},"
        "\"collection\": %s}",
        collection);
}

struct stage_creation {
    const char *name, *file;
    struct live_study made;
};

static enum status stage_create(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct stage_creation *creation = state;
    (void)desk;
    return study_create(ctx, session, span_of(creation->file), creation->name, &creation->made);
}

struct live_study live_stage_add(struct live_stage *stage, const char *name, const char *file)
{
    struct stage_creation creation = {.name = name, .file = file};
    assert_ok(&stage->job, desk_write(&stage->job.ctx, stage->desk, stage_create, &creation));
    return creation.made;
}

void live_stage_clock(int64_t now_ms)
{
    char text[32];
    (void)snprintf(text, sizeof text, "%" PRId64, now_ms);
    assert_int_equal(setenv("GAPMETER_NOW_MS", text, 1), 0);
}

void live_stage_begin(struct live_stage *stage, const char *collection)
{
    memset(stage, 0, sizeof *stage);
    job_begin(&stage->job);
    scratch_create(&stage->scratch);
    live_stage_clock(LIVE_NOON);
    struct ctx *ctx = &stage->job.ctx;
    stage->path = arena_copy(ctx->arena, span_of(scratch_path(&stage->scratch, "study.db")));
    assert_ok(&stage->job, secret_start(ctx));
    assert_ok(&stage->job, store_create(ctx, stage->path));
    assert_ok(&stage->job, desk_open(ctx, stage->path, DESK_WRITE, "a test", &stage->desk));
    stage->study = live_stage_add(stage, "counter", live_stage_file(stage, collection));
    live_stage_do(stage, "door_create", "{\"kind\": \"open\"}");
}

void live_stage_end(struct live_stage *stage)
{
    desk_close(stage->desk);
    job_end(&stage->job);
    scratch_destroy(&stage->scratch);
}

struct stage_inviting {
    const struct live_stage *stage;
    const struct invitation_request *request;
    struct invitation made;
};

static enum status stage_invite(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct stage_inviting *inviting = state;
    return invitation_make(ctx, desk, session, &inviting->stage->study, inviting->request, &inviting->made);
}

struct invitation live_stage_invite(struct live_stage *stage, const struct invitation_request *request)
{
    struct stage_inviting inviting = {.stage = stage, .request = request};
    assert_ok(&stage->job, desk_write(&stage->job.ctx, stage->desk, stage_invite, &inviting));
    return inviting.made;
}

struct stage_looking {
    const char *token;
    uint64_t seed;
    struct ticket ticket;
};

static enum status stage_look(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct stage_looking *looking = state;
    const struct ticket_wish wish = {.by = span_of(looking->token), .language = "", .seed = looking->seed};
    return ticket_of_token(ctx, desk, session, &wish, &looking->ticket);
}

struct ticket live_stage_ticket(struct live_stage *stage, const char *token)
{
    return live_stage_ticket_drawn(stage, token, 0);
}

struct ticket live_stage_ticket_drawn(struct live_stage *stage, const char *token, uint64_t seed)
{
    struct stage_looking looking = {.token = token, .seed = seed};
    assert_ok(&stage->job, desk_read(&stage->job.ctx, stage->desk, stage_look, &looking));
    return looking.ticket;
}

/* Cuts "a=1&b=2" into fields. */
static size_t fields_cut(struct live_stage *stage, const char *text, struct form_field **out)
{
    enum { FIELDS = 64 };
    size_t count = 0;
    *out = arena_array(stage->job.ctx.arena, FIELDS, sizeof **out);
    for (const char *at = text; *at && count < FIELDS;) {
        size_t length = strcspn(at, "&"), name = strcspn(at, "=");
        (*out)[count++] = (struct form_field){{at, name}, {at + name + 1, length - name - 1}};
        at += length + (at[length] == '&');
    }
    return count;
}

struct stage_answering {
    struct submission_request request;
    struct submission_result result;
};

static enum status stage_answer(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct stage_answering *answering = state;
    return submission_record(ctx, desk, session, &answering->request, &answering->result);
}

struct submission_result live_stage_answer(struct live_stage *stage, const struct submission_request *request, const char *fields)
{
    struct stage_answering answering = {.request = *request};
    struct form_field *cut = NULL;
    answering.request.field_count = fields_cut(stage, fields, &cut);
    answering.request.fields = cut;
    if (!answering.request.language)
        answering.request.language = "";
    assert_ok(&stage->job, desk_write(&stage->job.ctx, stage->desk, stage_answer, &answering));
    return answering.result;
}

struct submission_result live_stage_answer_token(struct live_stage *stage, const char *token, const char *fields)
{
    const struct submission_request request = {.way = {.token = span_of(token)}};
    return live_stage_answer(stage, &request, fields);
}

struct opening_now {
    const char *token;
    struct ticket ticket;
};

static enum status open_now(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct opening_now *opening = state;
    return ticket_open_now(ctx, desk, session, span_of(opening->token), &opening->ticket);
}

struct ticket live_stage_visit_over(struct live_stage *stage, const char *token)
{
    struct opening_now opening = {.token = token};
    assert_ok(&stage->job, desk_write(&stage->job.ctx, stage->desk, open_now, &opening));
    return opening.ticket;
}

struct stage_asking {
    const char *operation;
    json_t *in, *out;
};

static enum status stage_ask(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct stage_asking *asking = state;
    const struct caller somebody = {.kind = CALLER_OPERATOR};
    return operation_run(ctx, desk, session, operation_find(span_of(asking->operation)), &somebody, asking->in, &asking->out);
}

enum status live_stage_ask(struct live_stage *stage, const char *operation, const char *in, json_t **out)
{
    struct stage_asking asking = {.operation = operation, .in = json_loads(in, JSON_REJECT_DUPLICATES, NULL)};
    assert_non_null(operation_find(span_of(operation)));
    assert_int_equal(json_object_set_new(asking.in, "study", json_string(stage->study.name)), 0);
    enum status status = desk_write(&stage->job.ctx, stage->desk, stage_ask, &asking);
    json_decref(asking.in);
    if (out)
        *out = asking.out;
    else
        json_decref(asking.out);
    return status;
}

void live_stage_do(struct live_stage *stage, const char *operation, const char *in)
{
    assert_ok(&stage->job, live_stage_ask(stage, operation, in, NULL));
}

struct stage_log {
    const struct live_stage *stage;
    const char *kind;
    struct event last;
    size_t count;
};

static enum status log_take(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct stage_log *log = state;
    struct event *events = NULL;
    size_t count = 0;
    (void)desk;
    enum status status =
        event_list(ctx, session, &log->stage->study.id, &(struct event_range){.from = 0, .most = 1000}, &events, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(events[i].kind, log->kind) == 0) {
            log->last = events[i];
            log->count++;
        }
    return status;
}

size_t live_stage_events(struct live_stage *stage, const char *kind, struct event *last)
{
    struct stage_log log = {.stage = stage, .kind = kind};
    assert_ok(&stage->job, desk_read(&stage->job.ctx, stage->desk, log_take, &log));
    if (last)
        *last = log.last;
    return log.count;
}

struct stage_rows {
    struct encounter encounter;
    struct submission submission;
    bool found;
};

static enum status encounter_take(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct stage_rows *rows = state;
    const struct uuid study = rows->encounter.study, id = rows->encounter.id;
    (void)desk;
    return encounter_get(ctx, session, &study, &id, &rows->encounter, &rows->found);
}

bool live_stage_encounter(struct live_stage *stage, const struct uuid *id, struct encounter *out)
{
    struct stage_rows rows = {.encounter = {.study = stage->study.id, .id = *id}};
    assert_ok(&stage->job, desk_read(&stage->job.ctx, stage->desk, encounter_take, &rows));
    *out = rows.encounter;
    return rows.found;
}

static enum status submission_take(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct stage_rows *rows = state;
    (void)desk;
    return submission_get(ctx, session, &rows->submission, &rows->found);
}

bool live_stage_submission(struct live_stage *stage, const struct uuid *encounter, enum wave wave, struct submission *out)
{
    struct stage_rows rows = {.submission = {.study = stage->study.id, .encounter = *encounter, .wave = wave}};
    assert_ok(&stage->job, desk_read(&stage->job.ctx, stage->desk, submission_take, &rows));
    *out = rows.submission;
    return rows.found;
}

struct stage_counting {
    const struct live_stage *stage;
    struct live_counts counts;
};

static enum status counts_take(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct stage_counting *counting = state;
    (void)desk;
    return study_counts(ctx, session, &counting->stage->study.id, &counting->counts);
}

struct live_counts live_stage_counts(struct live_stage *stage)
{
    struct stage_counting counting = {.stage = stage};
    assert_ok(&stage->job, desk_read(&stage->job.ctx, stage->desk, counts_take, &counting));
    return counting.counts;
}
