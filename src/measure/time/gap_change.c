/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "measure/family.h"
#include "measure/mean_error.h"
#include "measure/time/change_cells.h"

enum { SUBJECT, KEYS };

static const struct column columns[] = {[SUBJECT] = {"subject", "About", "",
                                                     "The dimension, the item where items form no dimensions, or overall.", 0,
                                                     COLUMN_KEY, true, false},
                                        CHANGE_COLUMN_LIST};

/* The measuring of the older answers: the same set of their own. */
static struct measuring measuring_before(const struct measuring *measuring)
{
    struct measuring before = *measuring;
    before.pairs = measuring->before;
    before.set = &measuring->before->sets[measuring->set - measuring->pairs->sets];
    before.compared = NULL;
    return before;
}

/* Have two groups the same values of all segments? */
static bool groups_match(const struct measuring *a, uint32_t first, const struct measuring *b, uint32_t second)
{
    for (uint32_t s = 0; s < a->set->by.segment_count; s++) {
        const char *one = pairs_value_text(a->pairs, a->set, &a->set->groups[first], s);
        const char *other = pairs_value_text(b->pairs, b->set, &b->set->groups[second], s);
        if (!one != !other || (one && strcmp(one, other) != 0))
            return false;
    }
    return true;
}

/* The group of b with the values of a's, or UINT32_MAX. */
static uint32_t group_match(const struct measuring *a, uint32_t group, const struct measuring *b)
{
    for (uint32_t g = 0; g < b->set->group_count; g++) {
        if (groups_match(a, group, b, g))
            return g;
    }
    return UINT32_MAX;
}

/* One group then and now. */
struct change {
    const struct measuring *old, *now;
    uint32_t old_group, new_group; /* UINT32_MAX: not there */
    uint32_t place;                /* of the row's group: those of today first, then those that are gone */
};

/* A row with the keys of a group that stands in one file or in both.
 * fails   STATUS_MEMORY */
static enum status change_row_add(struct ctx *ctx, const struct change *change, uint32_t line, struct table *table,
                                  struct row **out)
{
    bool today = change->new_group != UINT32_MAX;
    const struct measuring *names = today ? change->now : change->old;
    enum status status = table_add_row(ctx, table, out);
    if (status)
        return status;
    struct row *row = *out;
    const struct group *group = &names->set->groups[today ? change->new_group : change->old_group];
    for (uint32_t s = 0; s < table->by_count; s++)
        row->by[s] = pairs_value_text(names->pairs, names->set, group, s);
    row->group = change->place;
    row->group_size = group->respondents;
    row->line = line;
    return STATUS_OK;
}

/* The mean of one group, or that nobody is there.
 * fails   STATUS_MEMORY */
static enum status side_find(struct ctx *ctx, const struct measuring *measuring, uint32_t group, const struct subject *subject,
                             struct group_mean *out)
{
    *out = (struct group_mean){.blank = REASON_NO_PAIRS, .error_blank = REASON_TOO_FEW};
    return group == UINT32_MAX ? STATUS_OK : group_mean_find(ctx, measuring, &measuring->set->groups[group], subject, out);
}

/* The fewest people behind a figure of the row: a wave in which nobody is there has none. */
static uint64_t change_support(uint64_t old, uint64_t now)
{
    if (!old || !now)
        return old + now;
    return old < now ? old : now;
}

/* One group on one subject.
 * fails   STATUS_MEMORY */
static enum status change_row(struct ctx *ctx, const struct change *change, uint32_t line, struct table *table)
{
    struct subject subject = subject_at(change->now->pairs->study, line);
    struct group_mean old, now;
    struct wave_overlap overlap = {.n_both = 0};
    struct row *row = NULL;
    enum status status = side_find(ctx, change->old, change->old_group, &subject, &old);
    if (!status)
        status = side_find(ctx, change->now, change->new_group, &subject, &now);
    if (!status && change->old_group != UINT32_MAX && change->new_group != UINT32_MAX) {
        const struct wave_side before = {change->old, &change->old->set->groups[change->old_group]};
        const struct wave_side after = {change->now, &change->now->set->groups[change->new_group]};
        status = people_overlap(ctx, &before, &after, &subject, &overlap);
    }
    if (!status)
        status = change_row_add(ctx, change, line, table, &row);
    if (status)
        return status;
    row->values[SUBJECT] = subject_key(change->now->pairs->study, &subject);
    row->support = change_support(old.respondents, now.respondents);
    /* Where the group of today is hidden in the other tables, it is so here. */
    if (change->new_group != UINT32_MAX && !group_enters(change->now, change->new_group, line, USE_MEANS))
        row->support = 0;
    change_fill(change->now, &old, &now, &overlap, row->values + KEYS);
    return STATUS_OK;
}

/* All subjects of one group.
 * fails   STATUS_MEMORY, STATUS_CANCELLED */
static enum status change_rows(struct ctx *ctx, const struct change *change, struct table *table)
{
    enum status status = ctx_cancelled(ctx);
    for (uint32_t line = 0; line < subject_count(change->now->pairs->study) && !status; line++)
        status = change_row(ctx, change, line, table);
    return status;
}

/* Every group of today, then every group that is gone, which stands there so that the rest of the older answers does not give it
 * away.
 * fails   STATUS_MEMORY, STATUS_CANCELLED */
static enum status groups_change(struct ctx *ctx, const struct measuring *now, const struct measuring *old, struct table *table)
{
    enum status status = STATUS_OK;
    uint32_t place = 0;
    for (uint32_t g = 0; g < now->set->group_count && !status; g++, place++) {
        const struct change change = {old, now, group_match(now, g, old), g, place};
        status = change_rows(ctx, &change, table);
    }
    for (uint32_t g = 0; g < old->set->group_count && !status; g++) {
        if (group_match(old, g, now) != UINT32_MAX)
            continue;
        const struct change change = {old, now, g, UINT32_MAX, place++};
        status = change_rows(ctx, &change, table);
    }
    return status;
}

/* Says whom the two files share.
 * fails   STATUS_MEMORY */
static enum status change_notes(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    bool named = answers_are_named(measuring->pairs->answers) && answers_are_named(measuring->before->answers);
    enum status status = table_add_note(ctx, table, named ? "note.change.named" : "note.change.unnamed", NULL);
    return status ? status : design_notes(ctx, measuring, table);
}

/* A row for each group and subject.
 * blank   as change_fill; without older answers every figure is not_applicable
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * source  Kish 1965; Holm 1979   [F26, F114]
 * proof   tests/measure/time/gap_change_test.c */
static enum status gap_change_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    if (!measuring->before)
        return table_add_note(ctx, table, "note.change.none", NULL);
    struct measuring before = measuring_before(measuring);
    enum status status = groups_change(ctx, measuring, &before, table);
    if (!status)
        status = family_adjust(ctx, table, KEYS + CHANGE_P, KEYS + CHANGE_P_HOLM);
    return status ? status : change_notes(ctx, measuring, table);
}

const struct measure measure_gap_change = {
    .name = "gap_change",
    .title = "Change since the older answers",
    .meaning =
        "The mean gap then and now, what has changed and how sure that is; customers who answered both times make it surer.",
    .formula = "F26, F114",
    .source = "Kish 1965; Holm 1979",
    .example = "gapmeter analyze answers.csv --study study.json --table gap_change --compare old.csv",
    .needs = GROUP_MEANS_NEEDS | NEED_CASES,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .minimum_n = 2,
    .by_default = true,
    .compares = true,
    .order = 42,
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .run = gap_change_run,
};
