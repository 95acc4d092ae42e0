/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/guard.h"

#include <string.h>

enum { LENGTH_DIGITS_MAX = 12, HOST_BYTES_MAX = 255 };

static bool is_token_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           (byte != '\0' && strchr("!#$%&'*+-.^_`|~", byte) != NULL);
}

static bool is_token(struct span text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (!is_token_byte(text.at[i]))
            return false;
    }
    return text.length > 0;
}

static bool begins_caseless(struct span text, const char *with)
{
    size_t length = strlen(with);
    return text.length >= length && span_equal_caseless((struct span){text.at, length}, span_of(with));
}

/* No control bytes: a tab is allowed within a value, a NUL or a bare CR never. */
static bool is_value(struct span text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if ((byte < 0x20 && byte != '\t') || byte == 0x7F)
            return false;
    }
    return true;
}

/* Digits alone: "+5", "-0", "0x5", "1_0", "5, 5" and a space are no length. */
static bool length_read(struct span text, uint64_t *out)
{
    *out = 0;
    if (text.length == 0 || text.length > LENGTH_DIGITS_MAX)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        *out = *out * 10 + (uint64_t)(text.at[i] - '0');
    }
    return true;
}

static bool is_host(struct span text)
{
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.at[i];
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
        if (!letter && (byte == '\0' || strchr(".-_:[]", byte) == NULL))
            return false;
    }
    return text.length > 0 && text.length <= HOST_BYTES_MAX;
}

static bool is_target(struct span target)
{
    for (size_t i = 0; i < target.length; i++) {
        unsigned char byte = (unsigned char)target.at[i];
        if (byte <= 0x20 || byte >= 0x7F || byte == '#' || byte == '\\' || byte == '"' || byte == '<' || byte == '>')
            return false;
    }
    return target.length > 0 && target.at[0] == '/';
}

static int refuse(int http_status, const char *what, const char **sentence)
{
    *sentence = what;
    return http_status;
}

static int line_check(const struct wire_head *head, struct guard_found *found, const char **sentence)
{
    static const char *const known[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH"};
    if (!is_token(head->method))
        return refuse(400, "The method of the request is malformed.", sentence);
    bool is_known = false;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        is_known = is_known || span_is(head->method, known[i]);
    if (!is_known)
        return refuse(501, "This server knows GET, HEAD, POST, PUT and DELETE.", sentence);
    found->close = span_is(head->version, "HTTP/1.0");
    if (!found->close && !span_is(head->version, "HTTP/1.1"))
        return refuse(505, "This server speaks HTTP/1.1.", sentence);
    if (head->target_too_long)
        return refuse(414, "The address of the request is too long.", sentence);
    if (!is_target(head->target))
        return refuse(400, "The address of the request is malformed: a path that begins with / is accepted.", sentence);
    return 0;
}

/* What the headers of a request say together. */
struct seen {
    unsigned hosts, lengths, types, authorizations, keys;
    size_t bytes;
};

static int framing_check(const struct wire_header *header, struct seen *seen, struct guard_found *found, const char **sentence)
{
    if (begins_caseless(header->name, "transfer-encoding"))
        return refuse(400, "Transfer-Encoding is not accepted: a body needs one Content-Length.", sentence);
    if (!begins_caseless(header->name, "content-length"))
        return 0;
    if (!span_equal_caseless(header->name, span_of("content-length")) || ++seen->lengths > 1 ||
        !length_read(header->value, &found->body_bytes))
        return refuse(400, "The Content-Length of the request is malformed: one, of digits alone, is accepted.", sentence);
    return 0;
}

/* Keeps a header that may stand once. */
static bool keep(const struct wire_header *header, const char *name, struct span *into)
{
    if (!span_equal_caseless(header->name, span_of(name)))
        return true;
    if (into->at != NULL)
        return false;
    *into = header->value.at == NULL ? span_of("") : header->value;
    return true;
}

static int header_check(const struct wire_header *header, struct seen *seen, struct guard_found *found, const char **sentence)
{
    int refused = framing_check(header, seen, found, sentence);
    if (refused != 0)
        return refused;
    if (!is_token(header->name) || !is_value(header->value))
        return refuse(400, "A header of the request is malformed.", sentence);
    seen->bytes += header->name.length + header->value.length + 4;
    if (span_equal_caseless(header->name, span_of("host"))) {
        if (++seen->hosts > 1 || !is_host(header->value))
            return refuse(400, "The request must name one host.", sentence);
    }
    if (!keep(header, "authorization", &found->authorization) || !keep(header, "content-type", &found->type) ||
        !keep(header, "idempotency-key", &found->once))
        return refuse(400, "A header that may stand once stands twice.", sentence);
    if (span_equal_caseless(header->name, span_of("accept-language")) && found->language.at == NULL)
        found->language = header->value;
    if (span_equal_caseless(header->name, span_of("x-forwarded-for")))
        found->forwarded_for = header->value;
    if (begins_caseless(header->name, "x-forwarded-") || span_equal_caseless(header->name, span_of("forwarded")))
        found->forwarded = true;
    if (span_equal_caseless(header->name, span_of("expect")) && !span_equal_caseless(header->value, span_of("100-continue")))
        return refuse(417, "The only expectation that can be met is 100-continue.", sentence);
    if (span_equal_caseless(header->name, span_of("content-encoding")) &&
        !span_equal_caseless(header->value, span_of("identity")))
        return refuse(415, "Bodies are accepted without Content-Encoding.", sentence);
    return 0;
}

int guard_check(const struct wire_head *head, struct guard_found *found, const char **sentence)
{
    *found = (struct guard_found){.body_bytes = 0};
    struct seen seen = {.hosts = 0};
    int refused = line_check(head, found, sentence);
    for (size_t i = 0; i < head->header_count && refused == 0; i++)
        refused = header_check(&head->headers[i], &seen, found, sentence);
    if (refused != 0)
        return refused;
    if (!head->plain)
        return refuse(400, "The header of the request is not plain: lines that end with CRLF and are not folded are accepted.",
                      sentence);
    if (head->headers_too_many || seen.bytes > HEADER_BYTES_MAX)
        return refuse(431, "The headers of the request are too large.", sentence);
    if (seen.hosts != 1)
        return refuse(400, "The request must name one host.", sentence);
    return 0;
}
