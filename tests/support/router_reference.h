/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A router that is too simple to be wrong, and slow: it walks the address byte by byte for every route. The router of serve/ must
 * say the same of every address; used by the test and by the fuzzer. */
#ifndef GAPMETER_TESTS_ROUTER_REFERENCE_H
#define GAPMETER_TESTS_ROUTER_REFERENCE_H

#include <string.h>

#include "serve/router.h"

enum { REFERENCE_SEGMENTS = 12, REFERENCE_BYTES = 4096 };

static const struct route reference_routes[] = {
    {.name = "root", .method = METHOD_GET, .path = "/"},
    {.name = "healthz", .method = METHOD_GET, .path = "/healthz"},
    {.name = "form", .method = METHOD_GET, .path = "/s/{token}"},
    {.name = "answer", .method = METHOD_POST, .path = "/s/{token}"},
    {.name = "about", .method = METHOD_GET, .path = "/s/about"},
    {.name = "kiosk", .method = METHOD_GET, .path = "/k/{door}/next"},
    {.name = "any_next", .method = METHOD_PUT, .path = "/k/{x}/{y}"},
    {.name = "study", .method = METHOD_GET, .path = "/api/v1/studies/{study}"},
    {.name = "study_put", .method = METHOD_PUT, .path = "/api/v1/studies/{study}"},
    {.name = "study_delete", .method = METHOD_DELETE, .path = "/api/v1/studies/{study}"},
    {.name = "table", .method = METHOD_GET, .path = "/api/v1/studies/{study}/tables/{measure}"},
    {.name = "studies", .method = METHOD_POST, .path = "/api/v1/studies"},
};

enum { REFERENCE_ROUTES = sizeof reference_routes / sizeof reference_routes[0] };

/* What the reference says. */
struct reference {
    int http_status; /* 0 = a route fits */
    int route;
    unsigned part_count;
    char parts[EXCHANGE_PARTS_MAX][REFERENCE_BYTES];
    size_t part_lengths[EXCHANGE_PARTS_MAX];
};

static inline int reference_hex(char byte)
{
    const char *digits = "0123456789abcdef0123456789ABCDEF";
    const char *at = byte == '\0' ? NULL : strchr(digits, byte);
    return at == NULL ? -1 : (int)(at - digits) % 16;
}

/* Decodes one segment; false when it is to be refused. */
static inline bool reference_decode(struct span segment, char *into, size_t *length)
{
    *length = 0;
    for (size_t i = 0; i < segment.length; i++) {
        char byte = segment.at[i];
        if (byte == '%') {
            if (segment.length - i < 3 || reference_hex(segment.at[i + 1]) < 0 || reference_hex(segment.at[i + 2]) < 0)
                return false;
            byte = (char)(reference_hex(segment.at[i + 1]) * 16 + reference_hex(segment.at[i + 2]));
            i += 2;
        }
        if (byte == '\0' || byte == '/')
            return false;
        into[(*length)++] = byte;
    }
    size_t bad;
    return text_utf8_valid((struct span){into, *length}, &bad);
}

/* How well a route's path fits: -1 not at all, else a number whose bits are the places that are literal, the first the highest. */
static inline int reference_fit(const char *path, char segments[][REFERENCE_BYTES], const size_t *lengths, unsigned count)
{
    int fit = 0;
    unsigned i = 0;
    for (const char *at = path; *at == '/'; i++) {
        size_t length = strcspn(++at, "/");
        bool any = at[0] == '{';
        if (i >= count || (any ? lengths[i] == 0 : lengths[i] != length || memcmp(segments[i], at, length) != 0))
            return -1;
        fit = fit * 2 + !any;
        at += length;
    }
    return i == count ? fit : -1;
}

/* Fills the answer for an address that begins with /. */
static inline void reference_find(const char *method, struct span target, struct reference *out)
{
    static char segments[REFERENCE_SEGMENTS][REFERENCE_BYTES];
    size_t lengths[REFERENCE_SEGMENTS], at = 1, path = 0;
    unsigned count = 0, slashes = 0;
    memset(out, 0, sizeof *out);
    out->route = -1;
    while (path < target.length && target.at[path] != '?')
        slashes += target.at[path++] == '/';
    out->http_status = slashes > REFERENCE_SEGMENTS ? 404 : 0;
    while (out->http_status == 0 && at <= path) {
        size_t end = at;
        while (end < path && target.at[end] != '/')
            end++;
        if (!reference_decode((struct span){target.at + at, end - at}, segments[count], &lengths[count]))
            out->http_status = 400;
        count++;
        at = end + 1;
    }
    int best = -1;
    for (unsigned i = 0; out->http_status == 0 && i < count; i++) {
        bool dots = lengths[i] <= 2 && lengths[i] > 0 && memcmp(segments[i], "..", lengths[i]) == 0;
        if (dots)
            out->http_status = 404;
    }
    if (out->http_status != 0)
        return;
    for (int i = 0; i < REFERENCE_ROUTES; i++) {
        int fit = reference_fit(reference_routes[i].path, segments, lengths, count);
        best = fit > best ? fit : best;
    }
    out->http_status = best < 0 ? 404 : 405;
    for (int i = 0; best >= 0 && i < REFERENCE_ROUTES; i++) {
        const char *name = method_name(reference_routes[i].method);
        bool same = strcmp(name, method) == 0 || (strcmp(name, "GET") == 0 && strcmp(method, "HEAD") == 0);
        if (!same || reference_fit(reference_routes[i].path, segments, lengths, count) != best)
            continue;
        out->route = i;
        out->http_status = 0;
        unsigned place = 0;
        for (const char *each = reference_routes[i].path; *each == '/'; place++) {
            if (*++each == '{') {
                memcpy(out->parts[out->part_count], segments[place], lengths[place]);
                out->part_lengths[out->part_count++] = lengths[place];
            }
            each += strcspn(each, "/");
        }
    }
}

/* Asks both; true when they say the same. */
static inline bool reference_agrees(const struct router *router, struct ctx *ctx, const char *method, struct span target)
{
    static struct reference expected;
    struct routing found;
    reference_find(method, target, &expected);
    if (router_find(router, ctx, span_of(method), target, &found) != STATUS_OK)
        return false;
    if (expected.route < 0)
        return found.route == NULL && found.http_status == expected.http_status;
    if (found.route != &reference_routes[expected.route] || found.index != (size_t)expected.route)
        return false;
    for (unsigned i = 0; i < expected.part_count; i++) {
        if (!span_equal(found.parts[i], (struct span){expected.parts[i], expected.part_lengths[i]}))
            return false;
    }
    return true;
}

#endif
