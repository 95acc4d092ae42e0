/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/router.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "serve/url_decoding.h"

enum { SEGMENTS_OF_PATH_MAX = 12 };

/* A route's path in segments; one that takes any text has `at` NULL. */
struct pattern {
    const struct route *route;
    size_t index;
    struct span segments[SEGMENTS_OF_PATH_MAX];
    unsigned segment_count;
    int secret;
};

struct router {
    struct pattern *patterns; /* [count] in the order in which they are tried */
    size_t count;
};

static const char *const method_names[] = {
    [METHOD_GET] = "GET", [METHOD_POST] = "POST", [METHOD_PUT] = "PUT", [METHOD_DELETE] = "DELETE"};

const char *method_name(enum method method)
{
    return method_names[method];
}

/* Splits "/a/b" into "a" and "b"; "/" has one empty segment. False when there are too many. */
static bool path_split(struct span path, struct span segments[SEGMENTS_OF_PATH_MAX], unsigned *count)
{
    *count = 0;
    size_t at = 1;
    for (;;) {
        const char *end = at < path.length ? memchr(path.at + at, '/', path.length - at) : NULL;
        size_t stop = end == NULL ? path.length : (size_t)(end - path.at);
        if (*count == SEGMENTS_OF_PATH_MAX)
            return false;
        segments[(*count)++] = (struct span){path.at + at, stop - at};
        if (end == NULL)
            return true;
        at = stop + 1;
    }
}

static void pattern_make(struct pattern *pattern, const struct route *route, size_t index)
{
    struct span path = span_of(route->path);
    assert(path.length > 0 && path.at[0] == '/');
    *pattern = (struct pattern){.route = route, .index = index, .secret = -1};
    bool split = path_split(path, pattern->segments, &pattern->segment_count);
    assert(split);
    int parts = 0;
    for (unsigned i = 0; i < pattern->segment_count; i++) {
        struct span *segment = &pattern->segments[i];
        if (segment->length < 2 || segment->at[0] != '{')
            continue;
        assert(segment->at[segment->length - 1] == '}' && parts < (int)EXCHANGE_PARTS_MAX);
        if (span_is(*segment, "{token}") || span_is(*segment, "{door}"))
            pattern->secret = parts;
        parts++;
        *segment = (struct span){NULL, 0};
    }
}

/* By number of segments, then literal before any text, then bytewise, then by method: total, so that the order of the table does
 * not show. */
static int pattern_compare(const void *left, const void *right)
{
    const struct pattern *a = left, *b = right;
    if (a->segment_count != b->segment_count)
        return a->segment_count < b->segment_count ? -1 : 1;
    for (unsigned i = 0; i < a->segment_count; i++) {
        bool a_any = a->segments[i].at == NULL, b_any = b->segments[i].at == NULL;
        int order = a_any || b_any ? (int)a_any - (int)b_any : span_compare(a->segments[i], b->segments[i]);
        if (order != 0)
            return order;
    }
    return (int)a->route->method - (int)b->route->method;
}

/* Do they fit the same paths? */
static bool pattern_same(const struct pattern *a, const struct pattern *b)
{
    bool same = a->segment_count == b->segment_count;
    for (unsigned i = 0; same && i < a->segment_count; i++) {
        bool a_any = a->segments[i].at == NULL, b_any = b->segments[i].at == NULL;
        same = a_any == b_any && (a_any || span_equal(a->segments[i], b->segments[i]));
    }
    return same;
}

enum status router_make(struct ctx *ctx, const struct route *const *routes, size_t count, struct router **out)
{
    struct router *router = arena_alloc(ctx->arena, sizeof *router);
    struct pattern *patterns = arena_array(ctx->arena, count, sizeof *patterns);
    if (router == NULL || patterns == NULL)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < count; i++)
        pattern_make(&patterns[i], routes[i], i);
    qsort(patterns, count, sizeof *patterns, pattern_compare);
    for (size_t i = 1; i < count; i++)
        assert(pattern_compare(&patterns[i - 1], &patterns[i]) != 0);
    *router = (struct router){patterns, count};
    *out = router;
    return STATUS_OK;
}

static bool pattern_fits(const struct pattern *pattern, const struct span *segments, unsigned count)
{
    if (pattern->segment_count != count)
        return false;
    for (unsigned i = 0; i < count; i++) {
        if (pattern->segments[i].at == NULL ? segments[i].length == 0 : !span_equal(pattern->segments[i], segments[i]))
            return false;
    }
    return true;
}

static void routing_fill(struct routing *out, const struct pattern *pattern, const struct span *segments)
{
    out->route = pattern->route;
    out->index = pattern->index;
    out->secret = pattern->secret;
    unsigned parts = 0;
    for (unsigned i = 0; i < pattern->segment_count; i++) {
        if (pattern->segments[i].at == NULL)
            out->parts[parts++] = segments[i];
    }
}

static void allow_add(char allow[40], const char *name)
{
    size_t length = strlen(allow), more = strlen(name);
    assert(length + more + 3 <= 40);
    if (length > 0) {
        memcpy(allow + length, ", ", 2);
        length += 2;
    }
    memcpy(allow + length, name, more + 1);
}

/* Which methods the path has, when it has any; a path that fits two patterns belongs to the first one's literals. */
static void route_match(const struct router *router, struct span method, const struct span *segments, unsigned count,
                        struct routing *out)
{
    const struct pattern *first = NULL;
    bool is_head = span_is(method, "HEAD");
    out->http_status = 404;
    for (size_t i = 0; i < router->count; i++) {
        const struct pattern *pattern = &router->patterns[i];
        if (!pattern_fits(pattern, segments, count))
            continue;
        /* Patterns of one path stand together; those of a more general one come later and are not asked. */
        if (first != NULL && !pattern_same(first, pattern))
            break;
        first = pattern;
        out->http_status = 405;
        const char *name = method_name(pattern->route->method);
        allow_add(out->allow, name);
        if (pattern->route->method == METHOD_GET)
            allow_add(out->allow, "HEAD");
        if (span_is(method, name) || (is_head && pattern->route->method == METHOD_GET)) {
            routing_fill(out, pattern, segments);
            return;
        }
    }
}

static bool is_dots(struct span segment)
{
    return span_is(segment, ".") || span_is(segment, "..");
}

enum status router_find(const struct router *router, struct ctx *ctx, struct span method, struct span target, struct routing *out)
{
    *out = (struct routing){.secret = -1, .http_status = 404};
    const char *mark = memchr(target.at, '?', target.length);
    struct span path = {target.at, mark == NULL ? target.length : (size_t)(mark - target.at)};
    if (mark != NULL)
        out->query = (struct span){mark + 1, target.length - path.length - 1};
    struct span segments[SEGMENTS_OF_PATH_MAX];
    unsigned count;
    if (path.length == 0 || path.at[0] != '/') {
        out->http_status = 400;
        return STATUS_OK;
    }
    if (!path_split(path, segments, &count))
        return STATUS_OK;
    bool dots = false;
    for (unsigned i = 0; i < count; i++) {
        enum status status = url_decode(ctx, segments[i], false, &segments[i]);
        if (status == STATUS_MEMORY)
            return status;
        if (status != STATUS_OK || (segments[i].length > 0 && memchr(segments[i].at, '/', segments[i].length) != NULL)) {
            out->http_status = 400;
            return STATUS_OK;
        }
        dots = dots || is_dots(segments[i]);
    }
    if (!dots)
        route_match(router, method, segments, count, out);
    return STATUS_OK;
}
