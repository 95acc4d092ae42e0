/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/html_text.h"

#include <string.h>

/* The length of the interval that begins here: figures, signs and one comma with a space in brackets; 0 when there is none. */
static size_t interval_length(const char *at)
{
    static const char minus[] = "−";
    size_t length = 1;
    unsigned commas = 0, figures = 0;
    while (at[length] && at[length] != ']') {
        bool sign = strncmp(at + length, minus, sizeof minus - 1) == 0;
        bool figure = at[length] >= '0' && at[length] <= '9';
        bool space = at[length] == ' ' && at[length - 1] == ',';
        if (!sign && !figure && !space && !strchr(",.+", at[length]))
            return 0;
        figures += figure;
        commas += at[length] == ',' && at[length + 1] == ' ';
        length += sign ? sizeof minus - 1 : 1;
    }
    return at[length] && commas == 1 && figures >= 2 ? length + 1 : 0;
}

void html_text_write(struct markup *m, const char *text)
{
    const char *kept = text;
    for (const char *at = strchr(text, '['); at; at = strchr(at, '[')) {
        size_t length = interval_length(at);
        if (!length) {
            at++;
            continue;
        }
        markup_text_span(m, (struct span){kept, (size_t)(at - kept)});
        markup_open(m, "span");
        markup_attribute(m, "class", "whole");
        markup_text_span(m, (struct span){at, length});
        markup_close(m, "span");
        at += length;
        kept = at;
    }
    markup_text(m, kept);
}
