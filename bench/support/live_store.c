/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/live_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/operation.h"
#include "app/study_creation.h"
#include "base/chance.h"
#include "base/limits.h"
#include "store/store.h"
#include "store/study_rows.h"
#include "store/submission_rows.h"

#define STUDY "load"

/* Says what a step failed of and ends the program. */
static void needs(const struct ctx *ctx, enum status status)
{
    if (!status)
        return;
    (void)fprintf(stderr, "live store: %s\n", ctx->error.sentence[0] ? ctx->error.sentence : status_sentence(status));
    exit(1);
}

static void ctx_make(struct ctx *ctx)
{
    *ctx = (struct ctx){.threads = 1};
    needs(ctx, arena_create(NULL, &ctx->arena));
}

unsigned live_store_answer(uint64_t number, unsigned item)
{
    return 1 + (unsigned)chance_below(4, number, item, LIVE_STEPS);
}

/* The study file: LIVE_ITEMS items that ask for expectation and perception, of customers who may be known. */
static json_t *definition_make(void)
{
    json_t *items = json_array();
    for (unsigned i = 0; i < LIVE_ITEMS; i++) {
        char id[16], text[64];
        (void)snprintf(id, sizeof id, "q%u", i + 1);
        (void)snprintf(text, sizeof text, "do what was promised, part %u", i + 1);
        json_array_append_new(items, json_pack("{s:s, s:s, s:s}", "id", id, "text", text, "dimension", i % 2 ? "d2" : "d1"));
    }
    return json_pack("{s:i, s:s, s:{s:s, s:s}, s:{s:i, s:i, s:{s:s, s:s}}, s:[{s:s, s:s}, {s:s, s:s}], s:o, s:{s:s, s:s, s:s}, "
                     "s:{s:s}}",
                     "gapmeter", 1, "title", "Load", "design", "expectation", "will", "asked", "before", "scale", "min", 1, "max",
                     LIVE_STEPS, "labels", "1", "no", "7", "yes", "dimensions", "id", "d1", "title", "First", "id", "d2", "title",
                     "Second", "items", items, "columns", "respondent", "id", "expectation", "e_{id}", "perception", "p_{id}",
                     "collection", "identity", "named");
}

json_t *live_store_ask(const char *path, const char *operation, json_t *in)
{
    struct ctx ctx;
    json_t *out = NULL;
    ctx_make(&ctx);
    needs(&ctx, operation_ask(&ctx, path, operation, in, &out));
    json_decref(in);
    arena_destroy(ctx.arena);
    return out;
}

/* A study to be made. */
struct creation {
    const char *name, *text;
};

static enum status creation_work(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    const struct creation *creation = state;
    struct live_study made;
    (void)desk;
    return study_create(ctx, session, span_of(creation->text), creation->name, &made);
}

void live_store_study(const char *path, const char *name, json_t *definition)
{
    struct ctx ctx;
    struct desk *desk = NULL;
    char *text = json_dumps(definition, 0);
    struct creation creation = {name, text};
    ctx_make(&ctx);
    if (!text)
        needs(&ctx, ctx_no_memory(&ctx));
    needs(&ctx, desk_open(&ctx, path, DESK_WRITE, "load", &desk));
    needs(&ctx, desk_write(&ctx, desk, creation_work, &creation));
    desk_close(desk);
    arena_destroy(ctx.arena);
    json_decref(definition);
    free(text);
}

void live_store_new(const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm", ".lock", ".sock", ".port"};
    struct ctx ctx;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char old[600];
        (void)snprintf(old, sizeof old, "%s%s", path, endings[i]);
        (void)unlink(old);
    }
    ctx_make(&ctx);
    needs(&ctx, store_create(&ctx, path));
    arena_destroy(ctx.arena);
}

void live_store_make(struct live_store *store, const char *path, uint64_t count)
{
    *store = (struct live_store){.count = 0};
    (void)snprintf(store->path, sizeof store->path, "%s", path);
    live_store_new(path);
    live_store_study(path, STUDY, definition_make());
    live_store_invite(store, count);
}

/* One invitation to be made. */
struct inviting {
    struct live_store *store;
    const struct live_study *study;
    uint64_t number;
};

static enum status invite_work(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    const struct inviting *inviting = state;
    const struct invitation_request request = {.attributes = NULL};
    struct invitation made;
    enum status status = invitation_make(ctx, desk, session, inviting->study, &request, &made);
    if (status)
        return status;
    memcpy(inviting->store->tokens[inviting->number], made.expectation, sizeof made.expectation);
    inviting->store->encounters[inviting->number] = made.encounter;
    return STATUS_OK;
}

static enum status study_work(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    bool found = false;
    (void)desk;
    enum status status = study_by_name(ctx, session, span_of(STUDY), state, &found);
    return status || found ? status : ctx_fail(ctx, STATUS_DATA, NULL, "The study is not there.");
}

/* Invites a group in one transaction. */
static void invite_group(struct desk *desk, struct live_store *store, const struct live_study *study, size_t count)
{
    struct ctx ctx;
    struct desk_job jobs[WRITE_GROUP_MAX];
    struct inviting inviting[WRITE_GROUP_MAX];
    ctx_make(&ctx);
    for (size_t i = 0; i < count; i++) {
        inviting[i] = (struct inviting){store, study, store->count + i};
        jobs[i] = (struct desk_job){.ctx = &ctx, .work = invite_work, .state = &inviting[i]};
    }
    desk_write_group(desk, jobs, count);
    for (size_t i = 0; i < count; i++)
        needs(&ctx, jobs[i].status);
    store->count += count;
    arena_destroy(ctx.arena);
}

void live_store_invite(struct live_store *store, uint64_t more)
{
    struct ctx ctx;
    struct desk *desk = NULL;
    struct live_study study;
    uint64_t whole = store->count + more;
    store->tokens = realloc(store->tokens, (whole + 1) * sizeof *store->tokens);
    store->encounters = realloc(store->encounters, (whole + 1) * sizeof *store->encounters);
    ctx_make(&ctx);
    if (!store->tokens || !store->encounters)
        needs(&ctx, ctx_no_memory(&ctx));
    needs(&ctx, desk_open(&ctx, store->path, DESK_WRITE, "load", &desk));
    needs(&ctx, desk_read(&ctx, desk, study_work, &study));
    while (store->count < whole)
        invite_group(desk, store, &study, whole - store->count < WRITE_GROUP_MAX ? whole - store->count : WRITE_GROUP_MAX);
    desk_close(desk);
    arena_destroy(ctx.arena);
}

void live_store_clear(struct live_store *store)
{
    free(store->tokens);
    free(store->encounters);
    *store = (struct live_store){.count = 0};
}

size_t live_store_request(const struct live_store *store, uint64_t number, char *into, size_t room)
{
    char body[2048];
    size_t length = 0;
    for (unsigned i = 0; i < LIVE_ITEMS; i++)
        length += (size_t)snprintf(body + length, sizeof body - length, "%sexpectation.q%u=%u", i ? "&" : "", i + 1,
                                   live_store_answer(number, i));
    int whole = snprintf(into, room,
                         "POST /s/%s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                         "Content-Length: %zu\r\n\r\n%s",
                         store->tokens[number % store->count], length, body);
    if (whole < 0 || (size_t)whole >= room)
        exit(1);
    return (size_t)whole;
}

/* A search for submissions. */
struct looking {
    const struct live_store *store;
    const uint64_t *numbers;
    size_t count;
    enum live_finding *found;
    uint64_t *submissions;
};

/* Are these the answers that were sent? */
static enum live_finding answers_compare(struct ctx *ctx, const struct form *form, const struct submission *submission,
                                         uint64_t number)
{
    struct filling filling;
    unsigned seen = 0;
    if (filling_unpack(ctx, form, submission->answers, &filling))
        return LIVE_WRONG;
    for (uint32_t q = 0; q < form->question_count; q++) {
        const struct question *question = &form->questions[q];
        if (question->kind != QUESTION_RATING)
            continue;
        const struct given *given = &filling.given[q];
        if (given->kind != GIVEN_CODE || given->number != live_store_answer(number, question->of))
            return LIVE_WRONG;
        seen++;
    }
    return seen == LIVE_ITEMS ? LIVE_RIGHT : LIVE_WRONG;
}

static enum status count_one(struct ctx *ctx, void *state, const struct submission *submission)
{
    uint64_t *count = state;
    (void)ctx;
    (void)submission;
    ++*count;
    return STATUS_OK;
}

static enum status look_work(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    const struct looking *looking = state;
    struct live_study study;
    const struct form *form = NULL;
    enum status status = study_work(ctx, desk, session, &study);
    if (!status)
        status = desk_form(
            ctx, desk, session,
            &(const struct form_choice){.study = study.id, .version = study.version, .wave = WAVE_EXPECTATION, .language = ""},
            &form);
    for (size_t i = 0; i < looking->count && !status; i++) {
        uint64_t number = looking->numbers[i];
        struct submission submission = {
            .study = study.id, .encounter = looking->store->encounters[number], .wave = WAVE_EXPECTATION};
        bool found = false;
        status = submission_get(ctx, session, &submission, &found);
        looking->found[i] = status || !found ? LIVE_ABSENT : answers_compare(ctx, form, &submission, number);
    }
    return status ? status : submission_each(ctx, session, &study.id, count_one, looking->submissions);
}

void live_store_look(const struct live_store *store, const char *path, const uint64_t *numbers, size_t count,
                     enum live_finding *found, uint64_t *submissions)
{
    struct ctx ctx;
    struct desk *desk = NULL;
    struct looking looking = {store, numbers, count, found, submissions};
    *submissions = 0;
    ctx_make(&ctx);
    needs(&ctx, desk_open(&ctx, path, DESK_WRITE, "look", &desk));
    needs(&ctx, desk_read(&ctx, desk, look_work, &looking));
    desk_close(desk);
    arena_destroy(ctx.arena);
}
