/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/analysis_query.h"

#include <string.h>

#include "app/caller_study.h"
#include "app/chart_choice.h"
#include "app/live_answers.h"
#include "app/publish.h"
#include "app/report_choices.h"
#include "base/base64.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "base/secret.h"
#include "model/measure.h"
#include "serve/route.h"

const struct query_word report_query_words[] = {
    {"sections", "Names of sections with commas between them.", "string", "opening,gaps", false},
    {"chart", "Nothing but this chart; driver_bars:2 is the second of those.", "string", "gap_lollipop", false},
    {"order", "Of the items in charts: gap or dimension.", "string", "dimension", false},
    {"language", "Of the report.", "string", "de", false},
    {"by", "Segments of the study, with commas between them where they are crossed.", "string", "branch", true},
    {"confidence", "Of the intervals, 0.5 to 0.9999.", "number", "0.95", false},
    {"bootstrap", "Replicates, 100 to 10000.", "integer", "200", false},
    {"seed", "Of chance.", "integer", "7", false},
    {"anytime", "1: intervals that hold however often one looks.", "integer", "1", false},
    {"min_cell", "Groups of fewer people are hidden; 5 or more.", "integer", "10", false},
    {.name = NULL},
};

/* Whether a name of the query is this one. */
static bool named(const struct form_field *field, const char *name)
{
    return span_equal(field->name, span_of(name));
}

/* A number of the query within its ends; whole ones take no point.
 * takes   places  digits after the point at most */
static enum status number_read(struct ctx *ctx, const struct form_field *field, const double ends[2], unsigned places,
                               double *out)
{
    struct decimal number;
    bool fits = decimal_parse(field->value, '.', &number) && number.places <= places;
    if (fits)
        *out = decimal_to_double(number);
    if (fits && *out >= ends[0] && *out <= ends[1])
        return STATUS_OK;
    return ctx_fail(ctx, STATUS_USAGE, NULL, "%.*s=%.*s: a %snumber from %.10g to %.10g is accepted.", (int)field->name.length,
                    field->name.at, field->value.length > 40 ? 40 : (int)field->value.length, field->value.at,
                    places ? "" : "whole ", ends[0], ends[1]);
}

/* The words that a report takes beside those of tables. False: it is none of them. */
static bool report_word_read(struct ctx *ctx, const struct form_field *field, struct analysis_request *request,
                             enum status *status)
{
    *status = STATUS_OK;
    if (named(field, "language")) {
        request->language = arena_copy(ctx->arena, field->value);
        *status = request->language ? STATUS_OK : ctx_no_memory(ctx);
        return true;
    }
    if (named(field, "order")) {
        *status = report_order_read(ctx, field->value, &request->by_dimension);
        return true;
    }
    if (named(field, "chart")) {
        *status = chart_wish_read(ctx, field->value, &request->chart);
        return true;
    }
    if (!named(field, "sections"))
        return false;
    *status = report_sections_read(ctx, field->value, &request->sections);
    return true;
}

/* One word of the query.
 * takes   by  room for one more segment */
static enum status word_read(struct ctx *ctx, const struct form_field *field, struct analysis_request *request, const char **by)
{
    static const struct {
        const char *name;
        double ends[2];
        unsigned places;
    } numbers[] = {{"confidence", {0.5, 0.9999}, 15},
                   {"bootstrap", {100, LIVE_REPLICATES_MAX}, 0},
                   {"seed", {0, 999999999999999}, 0},
                   {"anytime", {0, 1}, 0},
                   {"min_cell", {LIVE_FLOOR, 1000000}, 0}};
    double number = 0;
    enum status status = STATUS_OK;
    if (named(field, "by")) {
        *by = arena_copy(ctx->arena, field->value);
        request->by_count++;
        return *by ? STATUS_OK : ctx_no_memory(ctx);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (!named(field, numbers[i].name))
            continue;
        status = number_read(ctx, field, numbers[i].ends, numbers[i].places, &number);
        request->confidence = i == 0 ? number : request->confidence;
        request->replicates = i == 1 ? (uint32_t)number : request->replicates;
        request->seed = i == 2 ? (uint64_t)number : request->seed;
        request->anytime = i == 3 ? number > 0 : request->anytime;
        request->floor = i == 4 ? (uint32_t)number : request->floor;
        return status;
    }
    if (request->story && report_word_read(ctx, field, request, &status))
        return status;
    return ctx_fail(ctx, STATUS_USAGE, NULL,
                    "\"%.*s\" is no word of this query; by, confidence, bootstrap, seed, anytime%s min_cell%s are.",
                    field->name.length > 40 ? 40 : (int)field->name.length, field->name.at, request->story ? "," : " and",
                    request->story ? ", sections, chart, order and language" : "");
}

enum status analysis_query_read(struct exchange *exchange, bool story, struct analysis_request *out)
{
    struct ctx *ctx = &exchange->ctx;
    *out = (struct analysis_request){.confidence = 0.95, .seed = 1, .floor = LIVE_FLOOR, .story = story};
    const char **by = arena_array(ctx->arena, exchange->query_count + 1, sizeof *by);
    if (!by)
        return ctx_no_memory(ctx);
    out->by = by;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < exchange->query_count && !status; i++) {
        bool again = false;
        for (size_t j = 0; j < i; j++)
            again |= span_equal(exchange->query[j].name, exchange->query[i].name);
        if (again && !named(&exchange->query[i], "by"))
            return ctx_fail(ctx, STATUS_USAGE, NULL, "The query says %.*s twice.", (int)exchange->query[i].name.length,
                            exchange->query[i].name.at);
        status = word_read(ctx, &exchange->query[i], out, &by[out->by_count]);
    }
    return status;
}

static enum status ending_refuse(struct ctx *ctx)
{
    const char *known = NULL;
    enum status status = document_endings(ctx, &known);
    if (status)
        return status;
    return ctx_fail(ctx, STATUS_NO_INPUT, NULL, "There is no such document of a study: report with one of the endings %s is.",
                    known);
}

/* The document that the exchange asks for. */
static enum status document_find(struct exchange *exchange, const struct analysis_wish *wish, const struct document **out)
{
    struct ctx *ctx = &exchange->ctx;
    struct analysis_request *request = arena_alloc(ctx->arena, sizeof *request);
    const char **measures = arena_array(ctx->arena, 2, sizeof *measures);
    struct live_study study;
    struct live_answers live;
    if (!request || !measures)
        return ctx_no_memory(ctx);
    enum status status = caller_study(ctx, exchange->session, &exchange->caller, exchange->parts[0], &study);
    if (!status)
        status = analysis_query_read(exchange, wish->story, request);
    if (!status && !wish->renderer)
        status = ending_refuse(ctx);
    if (status)
        return status;
    request->measures = measures;
    request->measure_count = wish->measure.length > 0;
    if (wish->measure.length && !measure_find(wish->measure))
        return ctx_fail(ctx, STATUS_NO_INPUT, NULL, "There is no table called \"%.*s\".",
                        wish->measure.length > 64 ? 64 : (int)wish->measure.length, wish->measure.at);
    measures[0] = arena_copy(ctx->arena, wish->measure);
    if (!measures[0])
        return ctx_no_memory(ctx);
    status = live_answers_of_session(ctx, exchange->session, &study, NULL, &live);
    return status ? status : analysis_of_live(ctx, request, &live, out);
}

/* A report carries its one stylesheet in itself, so that it can be kept and sent on. It is let in by its hash. */
static enum status stylesheet_allow(struct exchange *exchange)
{
    static const char begin[] = "<style>", end[] = "</style>";
    struct span page = out_bytes(exchange->reply);
    const char *from = page.length ? memmem(page.at, page.length, begin, sizeof begin - 1) : NULL;
    const char *to = from ? memmem(from, page.length - (size_t)(from - page.at), end, sizeof end - 1) : NULL;
    if (!to)
        return STATUS_OK;
    from += sizeof begin - 1;
    struct digest digest;
    struct out *hash = NULL;
    enum status status = out_open_memory(&exchange->ctx, &hash);
    if (status)
        return status;
    digest_of((struct span){.at = from, .length = (size_t)(to - from)}, &digest);
    base64_write(hash, (struct span){.at = (const char *)digest.bytes, .length = sizeof digest.bytes});
    const char *policy =
        arena_format(exchange->ctx.arena,
                     "default-src 'none'; style-src 'sha256-%.*s'; img-src data:; base-uri 'none'; form-action 'none'; "
                     "frame-ancestors 'none'",
                     (int)out_bytes(hash).length, out_bytes(hash).at);
    if (!policy)
        return ctx_no_memory(&exchange->ctx);
    reply_header(exchange, "Content-Security-Policy", policy);
    return STATUS_OK;
}

enum status analysis_reply(struct exchange *exchange, const struct analysis_wish *wish)
{
    const struct document *document = NULL;
    const struct rendering rendering = {.wide = true, .utf8 = true};
    exchange->ctx.threads = 1;
    enum status status = document_find(exchange, wish, &document);
    if (status) {
        reply_failure(exchange, status);
        return STATUS_OK;
    }
    reply_begin(exchange, 200, wish->renderer->media_type);
    status = document_publish(&exchange->ctx, document, wish->renderer, &rendering, exchange->reply);
    return status ? status : stylesheet_allow(exchange);
}
