/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/page_reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { DEPTH = 64, NAME = 32 };

struct page_reader {
    const char *at;
    char open[DEPTH][NAME];
    unsigned depth;
};

static void name_read(struct page_reader *reader, char *into)
{
    size_t length = strspn(reader->at, "abcdefghijklmnopqrstuvwxyz0123456789");
    if (length == 0 || length >= NAME)
        fail_msg("no name of an element: %.40s", reader->at);
    memcpy(into, reader->at, length);
    into[length] = '\0';
    reader->at += length;
}

/* name="value" with nothing in the value that should have been escaped */
static void attributes_read(struct page_reader *reader)
{
    while (*reader->at == ' ') {
        reader->at++;
        size_t name = strspn(reader->at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-:");
        if (name == 0)
            fail_msg("no name of an attribute: %.40s", reader->at);
        reader->at += name;
        if (strncmp(reader->at, "=\"", 2) != 0)
            continue;
        size_t value = strcspn(reader->at + 2, "\"<>");
        if (reader->at[2 + value] != '"')
            fail_msg("an attribute is not closed: %.40s", reader->at);
        reader->at += value + 3;
    }
}

static void tag_read(struct page_reader *reader)
{
    char name[NAME];
    bool end = reader->at[1] == '/';
    reader->at += end ? 2 : 1;
    name_read(reader, name);
    if (!end)
        attributes_read(reader);
    if (*reader->at++ != '>')
        fail_msg("a tag does not end: %.40s", reader->at - 1);
    if (end) {
        if (reader->depth == 0 || strcmp(reader->open[reader->depth - 1], name) != 0)
            fail_msg("</%s> closes <%s>", name, reader->depth ? reader->open[reader->depth - 1] : "");
        reader->depth--;
    } else if (strcmp(name, "meta") != 0) {
        assert_true(reader->depth < DEPTH);
        memcpy(reader->open[reader->depth++], name, NAME);
    }
    if (!end && strcmp(name, "style") == 0)
        reader->at = strstr(reader->at, "</style>");
}

static void entity_read(struct page_reader *reader)
{
    static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        if (strncmp(reader->at, entities[i], strlen(entities[i])) == 0) {
            reader->at += strlen(entities[i]);
            return;
        }
    }
    fail_msg("an & stands alone: %.40s", reader->at);
}

void page_assert_well_formed(const char *page)
{
    static const char doctype[] = "<!doctype html>";
    struct page_reader reader = {.at = page};
    assert_memory_equal(page, doctype, sizeof doctype - 1);
    reader.at += sizeof doctype - 1;
    while (*reader.at) {
        if (*reader.at == '<')
            tag_read(&reader);
        else if (*reader.at == '&')
            entity_read(&reader);
        else if (*reader.at == '>')
            fail_msg("a > stands alone: %.40s", reader.at);
        else
            reader.at++;
    }
    assert_int_equal(reader.depth, 0);
}

size_t text_count(const char *page, const char *text)
{
    size_t count = 0;
    for (const char *at = strstr(page, text); at; at = strstr(at + 1, text))
        count++;
    return count;
}
