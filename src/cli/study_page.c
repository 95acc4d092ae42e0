/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/study_page.h"

#include "app/json_out.h"

#include <stdio.h>

static const char *text_of(const json_t *value, const char *name)
{
    const char *text = json_string_value(json_object_get(value, name));
    return text ? text : "";
}

static long long count_of(const json_t *value, const char *name)
{
    return (long long)json_integer_value(json_object_get(value, name));
}

/* "62.5 %"; "–" where nobody was asked. */
static void rate_format(const json_t *value, const char *name, char *into, size_t size)
{
    const json_t *rate = json_object_get(value, name);
    if (json_is_number(rate))
        (void)snprintf(into, size, "%.1f %%", 100 * json_number_value(rate));
    else
        (void)snprintf(into, size, "-");
}

static void responses_print(struct out *out, const json_t *list)
{
    out_format(out, "\n%-12s %-16s %8s %8s %9s %8s %10s %8s %8s\n", "form", "arm", "invited", "asked", "answered", "partial",
               "withdrawn", "RR1", "RR2");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i);
        char rr1[24], rr2[24];
        rate_format(row, "rr1", rr1, sizeof rr1);
        rate_format(row, "rr2", rr2, sizeof rr2);
        out_format(out, "%-12s %-16s %8lld %8lld %9lld %8lld %10lld %8s %8s\n", text_of(row, "wave"), text_of(row, "arm"),
                   count_of(row, "invited"), count_of(row, "asked"), count_of(row, "answered"), count_of(row, "partial"),
                   count_of(row, "withdrawn"), rr1, rr2);
    }
    out_text(out,
             "RR1 and RR2 are AAPOR's response rates: whole answers, and whole or partial ones, of all whose form was open.\n");
}

/* "before 40, late 3, after 31"; what did not occur is left out. */
static void counts_print(struct out *out, const char *title, const json_t *counts)
{
    const char *name = NULL;
    json_t *count = NULL;
    bool any = false;
    json_object_foreach (json_looked_at(counts), name, count) {
        if (json_integer_value(count) == 0)
            continue;
        out_format(out, "%s%s %lld", any ? ", " : title, name, (long long)json_integer_value(count));
        any = true;
    }
    out_text(out, any ? "\n" : "");
}

void study_page_print(struct out *out, const json_t *value)
{
    const json_t *counts = json_object_get(value, "counts");
    char title[512];
    text_printable(span_of(text_of(value, "title")), title, sizeof title);
    out_format(out, "%s: %s\n", text_of(value, "name"), title);
    out_format(out, "%s, %s, version %lld of the questions, since %.10s\n", text_of(value, "state"), text_of(value, "identity"),
               count_of(value, "version"), text_of(value, "created"));
    if (json_array_size(json_object_get(value, "response")) > 0)
        responses_print(out, json_object_get(value, "response"));
    out_text(out, "\n");
    counts_print(out, "answers by form   ", json_object_get(counts, "answered"));
    counts_print(out, "answers by phase  ", json_object_get(counts, "phases"));
    counts_print(out, "answers by door   ", json_object_get(counts, "doors"));
    out_format(out, "pairs             %lld encounters with an expectation before and a perception\n",
               count_of(counts, "paired"));
    out_format(out, "unpaired          %lld expectations, %lld perceptions without the other\n",
               count_of(counts, "unpaired_expectations"), count_of(counts, "unpaired_perceptions"));
    if (count_of(counts, "ambiguous_codes"))
        out_format(out, "codes             %lld fitted more than one person and were not paired\n",
                   count_of(counts, "ambiguous_codes"));
}
