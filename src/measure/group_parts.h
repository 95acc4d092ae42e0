/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_GROUP_PARTS_H
#define GAPMETER_MEASURE_GROUP_PARTS_H

#include "model/measure.h"

/* The rows of many groups, made by all threads of the pool. Private to measure/. */

/* Some groups of a table, whose rows one thread makes. */
struct group_part {
    struct ctx *ctx; /* of the part's rows: its own arena, error and no threads but this one */
    const struct measuring *measuring;
    struct table *table; /* what the part adds its rows and notes to */
    uint32_t first, end; /* index into measuring->set->groups; end is the one after the last */
    const void *what;    /* as it was given; shared by all threads */
};

/* Makes the rows of every group of the set, part by part. A row may rest on its own group alone, and the rows of a group are
 * all in its part, so that what adjusts a group's family of tests can be done there too.
 * takes   make  adds the rows of groups first … end − 1 in order to part->table, and changes nothing that others see
 * gives   table with the rows of all parts and their notes in the order of the groups: the same for any number of threads
 * fails   as make, of the first group that fails; STATUS_CANCELLED; STATUS_MEMORY
 * owns    rows and notes live as long as ctx->arena
 * proof   tests/measure/group_parts_test.c, every measure in tests/measure/every_measure_test.c */
enum status group_parts_each(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                             enum status (*make)(const struct group_part *part), const void *what) MUST_USE;

#endif
