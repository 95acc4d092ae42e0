/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation.h"
#include "app/json_out.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/caller_study.h"
#include "app/operation_value.h"
#include "app/operation_wire.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/local_socket.h"
#include "base/nearest.h"

const struct operation *operation_find(struct span name)
{
    for (size_t i = 0; i < operation_register_count; i++) {
        if (span_is(name, operation_register[i]->name))
            return operation_register[i];
    }
    return NULL;
}

const char *field_kind_name(enum field_kind kind)
{
    static const char *const names[] = {"text", "a whole number", "true or false", "an object", "a list", "a number"};
    return names[kind];
}

static bool kind_fits(enum field_kind kind, const json_t *value)
{
    switch (kind) {
    case FIELD_TEXT:
        return json_is_string(value);
    case FIELD_WHOLE:
        return json_is_integer(value);
    case FIELD_TRUTH:
        return json_is_boolean(value);
    case FIELD_OBJECT:
        return json_is_object(value);
    case FIELD_LIST:
        return json_is_array(value);
    case FIELD_NUMBER:
        return json_is_number(value);
    }
    return false;
}

static const struct operation_field *field_find(const struct operation_field *fields, const char *name)
{
    for (const struct operation_field *field = fields; field->name; field++) {
        if (strcmp(field->name, name) == 0)
            return field;
    }
    return NULL;
}

/* Says that a member is not known, and which it may have been. */
static enum status fail_unknown(struct ctx *ctx, const struct operation *operation, const char *name)
{
    const char *names[OPERATION_FIELDS_MAX];
    size_t count = 0;
    char shown[80], list[400] = "";
    size_t length = 0;
    for (const struct operation_field *field = operation->takes; field->name && count < OPERATION_FIELDS_MAX; field++) {
        if (length < sizeof list)
            length += (size_t)snprintf(list + length, sizeof list - length, "%s%s", count ? ", " : "", field->name);
        names[count++] = field->name;
    }
    text_printable(span_of(name), shown, sizeof shown);
    const char *near = nearest_name(span_of(name), names, count);
    const char *sentence =
        near    ? arena_format(ctx->arena, "\"%s\" is not a member that is known here; did you mean \"%s\"?", shown, near)
        : count ? arena_format(ctx->arena, "\"%s\" is not a member that is known here; there are: %s.", shown, list)
                : arena_format(ctx->arena, "\"%s\" is not a member that is known here; none are.", shown);
    return sentence ? member_fail(ctx, name, "%s", sentence) : ctx_no_memory(ctx);
}

static enum status fail_kind(struct ctx *ctx, const struct operation_field *field, bool missing)
{
    const char *sentence =
        arena_format(ctx->arena, missing ? "\"%s\" is missing: %s%s" : "\"%s\" has the wrong kind of value: %s%s", field->name,
                     field_kind_name(field->kind), " belongs there.");
    return sentence ? member_fail(ctx, field->name, "%s", sentence) : ctx_no_memory(ctx);
}

enum status operation_check(struct ctx *ctx, const struct operation *operation, const json_t *in)
{
    if (!json_is_object(in))
        return ctx_fail(ctx, STATUS_INVALID, NULL, "An object belongs here: {…}.");
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach (json_looked_at(in), name, value) {
        bool study = operation->reach == REACH_STUDY && strcmp(name, "study") == 0;
        const struct operation_field *field = study ? NULL : field_find(operation->takes, name);
        if (study && !json_is_string(value))
            return member_fail(ctx, name, "\"study\" has the wrong kind of value: text, the study's name, belongs there.");
        if (!study && !field)
            return fail_unknown(ctx, operation, name);
        if (field && !kind_fits(field->kind, value))
            return fail_kind(ctx, field, false);
    }
    for (const struct operation_field *field = operation->takes; field->name; field++) {
        if (field->required && !json_object_get(in, field->name))
            return fail_kind(ctx, field, true);
    }
    return STATUS_OK;
}

static enum status study_look_up(struct ctx *ctx, struct operation_call *call)
{
    const char *name = json_string_value(json_object_get(call->in, "study"));
    if (!name)
        return member_fail(ctx, "study", "\"study\" is missing: the study's name belongs there.");
    return caller_study(ctx, call->session, call->caller, span_of(name), &call->study);
}

static enum status caller_check(struct ctx *ctx, const struct operation *operation, const struct caller *caller)
{
    if (caller->kind == CALLER_OPERATOR)
        return STATUS_OK;
    if (operation->operator_only)
        return ctx_fail(ctx, STATUS_PERMISSION, NULL, "That is done by the operator at the command line, not with a key.");
    if (operation->writes && caller->key.access != KEY_WRITE)
        return ctx_fail(ctx, STATUS_PERMISSION, NULL, "This key may only read.");
    return STATUS_OK;
}

enum status operation_run(struct ctx *ctx, struct desk *desk, struct store_session *session, const struct operation *operation,
                          const struct caller *caller, const json_t *in, json_t **out)
{
    struct operation_call call = {.desk = desk, .session = session, .caller = caller, .in = in};
    enum status status = STATUS_OK;
    /* Whether a study is there must not show in which mistake is told first, so the study comes before the rest. */
    if (operation->reach == REACH_STUDY && json_is_object(in) && json_is_string(json_object_get(in, "study")))
        status = study_look_up(ctx, &call);
    if (!status)
        status = caller_check(ctx, operation, caller);
    if (!status)
        status = operation_check(ctx, operation, in);
    if (!status && operation->reach == REACH_STUDY && !call.study.name)
        status = study_look_up(ctx, &call);
    return status ? status : operation->run(ctx, &call, out);
}

enum status operation_run_alone(struct ctx *ctx, struct desk *desk, const struct operation *operation, const json_t *in,
                                json_t **out)
{
    enum status status = operation_check(ctx, operation, in);
    return status ? status : operation->run_alone(ctx, desk, in, out);
}

/* An operation on its way to a desk of this process. */
struct asking {
    const struct operation *operation;
    const json_t *in;
    json_t **out;
};

static enum status asking_run(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    const struct asking *asking = state;
    const struct caller caller = {.kind = CALLER_OPERATOR};
    return operation_run(ctx, desk, session, asking->operation, &caller, asking->in, asking->out);
}

static enum status ask_here(struct ctx *ctx, const char *store_path, struct asking *asking)
{
    struct desk *desk = NULL;
    bool writes = asking->operation->writes || asking->operation->run_alone;
    enum status status = desk_open(ctx, store_path, writes ? DESK_WRITE : DESK_READ, "gapmeter", &desk);
    if (status)
        return status;
    if (asking->operation->run_alone)
        status = operation_run_alone(ctx, desk, asking->operation, asking->in, asking->out);
    else if (writes)
        status = desk_write(ctx, desk, asking_run, asking);
    else
        status = desk_read(ctx, desk, asking_run, asking);
    desk_close(desk);
    return status;
}

/* gives   *answered  false when no server listens there */
static enum status ask_server(struct ctx *ctx, const char *socket_path, const struct asking *asking, bool *answered)
{
    struct span request, reply;
    enum status status = wire_request_write(ctx, asking->operation->name, asking->in, &request);
    if (status)
        return status;
    status = local_socket_ask(ctx, socket_path, request, &reply);
    *answered = status != STATUS_NO_INPUT;
    return status ? status : wire_reply_read(ctx, reply, asking->out);
}

enum status operation_ask(struct ctx *ctx, const char *store_path, const char *name, const json_t *in, json_t **out)
{
    struct asking asking = {.operation = operation_find(span_of(name)), .in = in, .out = out};
    const char *socket_path = arena_format(ctx->arena, "%s.sock", store_path);
    uint64_t until = clock_monotonic_ms() + STORE_WAIT_MS;
    assert(asking.operation);
    if (!socket_path)
        return ctx_no_memory(ctx);
    for (;;) {
        bool answered = true;
        enum status status = ask_server(ctx, socket_path, &asking, &answered);
        if (answered)
            return status;
        status = ask_here(ctx, store_path, &asking);
        /* Another command may hold the store for a moment, or a server that has not opened its socket yet. */
        if (status != STATUS_UNAVAILABLE || clock_monotonic_ms() >= until)
            return status;
        (void)nanosleep(&(struct timespec){.tv_nsec = 20000000L}, NULL);
    }
}
