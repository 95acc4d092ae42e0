/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "measure/family.h"
#include "measure/gap/gap_row.h"
#include "measure/mean_error.h"
#include "numeric/sample_size.h"

#define NAMES_MOST          8 /* named in a note; the table tells the rest */
#define CEILING_WARNING     0.30
#define RELIABILITY_WARNING 0.70
#define RESTRICTION_WARNING 0.90
#define DETECTABLE_POWER    0.80

/* Does the row have a number in the column? */
static bool has(const struct value *values, enum gap_column column)
{
    return values[column].kind == VALUE_NUMBER;
}

/* Is the expectation of too many at the top of the scale? */
static bool is_at_ceiling(const struct value *values)
{
    return has(values, GAP_CEILING_SHARE) && values[GAP_CEILING_SHARE].number > CEILING_WARNING;
}

/* Is the gap mostly the perception score? */
static bool is_restricted(const struct value *values)
{
    return has(values, GAP_R_GAP_PERCEPTION) && fabs(values[GAP_R_GAP_PERCEPTION].number) > RESTRICTION_WARNING;
}

/* Is the gap too noisy to compare people? */
static bool is_noisy(const struct value *values)
{
    return has(values, GAP_GAP_RELIABILITY) && values[GAP_GAP_RELIABILITY].number < RELIABILITY_WARNING;
}

/* Did everybody give the same difference? */
static bool is_constant(const struct value *values)
{
    return has(values, GAP_SD_GAP) && values[GAP_SD_GAP].number <= 0;
}

/* What a row is called in a note: a dimension by its title, an item by its id, as in the table. */
static const char *row_name(const struct study *study, const struct table *table, const struct value *values)
{
    bool dimension = strcmp(table->measure->columns[0].name, "dimension") == 0;
    return dimension ? dimension_title(study, values[0].text) : values[0].text;
}

/* Adds a note about the rows for which a test holds, {rows} in it; none when there are none. Only a table of everyone names rows,
 * as a note is not hidden with a small group.
 * fails   STATUS_MEMORY */
static enum status note_rows(struct ctx *ctx, const struct study *study, struct table *table, uint32_t keys,
                             bool (*holds)(const struct value *), const char *key)
{
    const char *names[NAMES_MOST + 1] = {NULL};
    uint32_t count = 0;
    for (uint32_t r = 0; r < table->row_count && !table->by_count; r++) {
        const struct value *values = table->rows[r].values;
        if (!holds(values + keys))
            continue;
        if (count < NAMES_MOST && keys)
            names[count] = row_name(study, table, values);
        count++;
    }
    const struct note_word words[] = {keys ? note_list("rows", names, count) : note_phrase("rows", "note.overall"),
                                      {.name = NULL}};
    return count ? table_add_note(ctx, table, key, words) : STATUS_OK;
}

enum status gap_rows_notes(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t keys)
{
    const struct study *study = measuring->pairs->study;
    static const char *const asked[ASKED_COUNT] = {"note.asked.before", "note.asked.same_sitting", "note.asked.recalled"};
    static const char *const kinds[EXPECTATION_KIND_COUNT] = {"note.kind.will", "note.kind.should", "note.kind.excellent",
                                                              "note.kind.desired"};
    const struct note_word kind[] = {
        note_phrase("kind", kinds[study->expectation]), note_phrase("asked", asked[study->asked]), {.name = NULL}};
    size_t family = table->row_count && !table->by_count ? family_size(table, 0, keys + GAP_P) : 0;
    const struct note_word tests[] = {note_count("tests", family), {.name = NULL}};
    enum status status = table_add_note(ctx, table, "note.gap.kind", kind);
    if (!status && family > 1)
        status = table_add_note(ctx, table, "note.gap.family", tests);
    if (!status && table->by_count)
        status = table_add_note(ctx, table, FAMILY_NOTE, NULL);
    if (!status)
        status = design_notes(ctx, measuring, table);
    if (!status)
        status = note_rows(ctx, study, table, keys, is_at_ceiling, "note.gap.ceiling");
    if (!status)
        status = note_rows(ctx, study, table, keys, is_restricted, "note.gap.restricted");
    if (!status)
        status = note_rows(ctx, study, table, keys, is_noisy, "note.gap.noisy");
    if (!status)
        status = note_rows(ctx, study, table, keys, is_constant, "note.gap.constant");
    return status;
}

/* short, above, met or undecided, from adjusted p-values; short and above win over met.
 * takes   alpha  1 − confidence
 * blank   no p -> the reason it has none
 * source  sets S, A, M and U of the opening sentences [F24, F26] */
static void put_verdict(struct value *values, double alpha)
{
    if (!has(values, GAP_P_HOLM)) {
        values[GAP_VERDICT] = values[GAP_SMALL] = values[GAP_P_HOLM];
        return;
    }
    bool inside = has(values, GAP_EQUIVALENCE_P) && values[GAP_EQUIVALENCE_P].number < alpha;
    bool differs = values[GAP_P_HOLM].number < alpha;
    const char *verdict = inside ? "met" : "undecided";
    if (differs)
        verdict = values[GAP_GAP].number < 0 ? "short" : "above";
    values[GAP_VERDICT] = value_text(verdict);
    values[GAP_SMALL] = differs ? value_text(inside ? "yes" : "no") : value_blank(REASON_NOT_APPLICABLE);
}

/* The smallest gap that would be found, from the row's own standard error and degrees of freedom.
 * takes   alpha  the level shared among the tests of the group
 * blank   no p -> the reason it has none; no solution -> not_converged
 * source  power of the two-sided t test [F28] */
static void put_detectable(struct value *values, double alpha)
{
    if (!has(values, GAP_P)) {
        values[GAP_DETECTABLE] = values[GAP_P];
        return;
    }
    uint64_t pairs = (uint64_t)values[GAP_DF].count + 1;
    double dz = 0;
    if (paired_t_detectable(pairs, DETECTABLE_POWER, alpha, &dz) != DEFINED)
        values[GAP_DETECTABLE] = value_blank(REASON_NOT_CONVERGED);
    else
        values[GAP_DETECTABLE] = value_number(dz * sqrt((double)pairs) * values[GAP_SE].number);
}

enum status gap_rows_adjust(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t keys)
{
    enum status status = family_adjust(ctx, table, keys + GAP_P, keys + GAP_P_HOLM);
    if (!status)
        status = family_adjust(ctx, table, keys + GAP_EQUIVALENCE_P, keys + GAP_EQUIVALENCE_P);
    if (!status)
        status = family_discoveries(ctx, table, keys + GAP_P, keys + GAP_P_BH, keys + GAP_P_BY);
    if (status)
        return status;
    family_intervals(measuring, table,
                     &(struct family_interval){.mean = keys + GAP_GAP,
                                               .se = keys + GAP_SE,
                                               .df = keys + GAP_DF,
                                               .p = keys + GAP_P,
                                               .low = keys + GAP_CI_SIMULTANEOUS_LOW});
    double alpha = 1 - measuring->confidence;
    size_t family = 0;
    for (uint32_t r = 0; r < table->row_count; r++) {
        if (r == 0 || table->rows[r].group != table->rows[r - 1].group)
            family = family_size(table, r, keys + GAP_P);
        put_verdict(table->rows[r].values + keys, alpha);
        put_detectable(table->rows[r].values + keys, alpha / (double)family);
    }
    return STATUS_OK;
}
