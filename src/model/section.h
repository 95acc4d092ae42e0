/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_SECTION_H
#define GAPMETER_MODEL_SECTION_H

#include "model/document.h"

/* What a section is made from: released tables and the head. */
struct report_tables {
    const struct released_table *const *tables;
    uint32_t count;
    const char *const *sections; /* names of those that are made, ends with NULL; NULL = all */
};

/* The table of a measure for everyone (by_count 0), or NULL. */
const struct released_table *report_table(const struct report_tables *tables, const char *measure);

/* One section of a report: one file in src/report/ that defines `const struct section section_<name>`. */
struct section {
    const char *name;               /* as in --sections */
    const char *title;              /* key of its heading in the words files; NULL: no heading of its own */
    const char *meaning;            /* one sentence */
    const char *const *measures;    /* names of the measures it needs for everyone, ends with NULL */
    const char *const *by_measures; /* those of them that the study shows by default are made for each by-set; NULL = none */
    uint32_t order;
    /* Adds its blocks to the document; adds none when its measures have nothing to say. */
    enum status (*build)(struct ctx *ctx, const struct report_tables *tables, struct document *document);
};

extern const struct section *const section_register[];
extern const size_t section_register_count;

#endif
