/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_GROUPS_GROUP_MEANS_H
#define GAPMETER_MEASURE_GROUPS_GROUP_MEANS_H

#include "model/measure.h"
#include "numeric/welch.h"

/* The mean gap of every group of a by-set, about one thing after another: what comparisons of groups, league tables and trends
 * are made of. Private to measure/, but for what app/ asks of its lines. */

/* What a line is about: each dimension and overall; where items form no dimensions, each item and overall. */
enum subject_kind { SUBJECT_DIMENSION, SUBJECT_ITEM, SUBJECT_OVERALL };

struct subject {
    enum subject_kind kind;
    uint32_t index; /* of the dimension or item */
};

/* Who is used in a line: the groups with a mean; of these the ones with an error above 0; the ones of which a share may be
 * shown. */
enum line_use { USE_MEANS, USE_ERRORS, USE_SHARES };

/* How many subjects a study has, and each of them. */
uint32_t subject_count(const struct study *study);
struct subject subject_at(const struct study *study, uint32_t line);

/* The key of a subject: the id of the dimension or item, or "overall"; and its title for a note. */
struct value subject_key(const struct study *study, const struct subject *subject);
const char *subject_title(const struct study *study, const struct subject *subject);

/* The same in a note: {subject} in it. */
struct note_word subject_word(const struct study *study, const struct subject *subject);

/* How many respondents of a group stand behind its mean about a subject, as the gate will count them; read by app/ before
 * anything is measured, so that no comparison uses a group that is hidden in its line.
 * gives   *blank  REASON_NONE, or why nobody
 * can be there (not asked, mixed scales)
 * needs   GROUP_MEANS_NEEDS */
uint64_t subject_respondents(const struct study *study, const struct group *group, uint32_t line, enum reason *blank);

/* May a group enter a comparison about a subject? */
bool group_enters(const struct measuring *measuring, uint32_t group, uint32_t line, enum line_use use);

/* Needs of a measure that calls line_means_find. */
#define GROUP_MEANS_NEEDS (NEED_PAIRS | NEED_COMPOSITES)

/* The mean gap of one group. */
struct group_mean {
    enum reason blank; /* REASON_NONE, or why there is no mean */
    struct composite composite;
    uint64_t n; /* encounters */
    uint64_t respondents;
    double n_effective;            /* n, or the effective number with weights */
    double share_short;            /* of gaps below 0 */
    struct mean_estimate estimate; /* its variance and df only when error_blank is REASON_NONE */
    enum reason error_blank;       /* why there is no error: too_few, few_clusters; a constant gap has the error 0 */
    bool compared;                 /* may enter comparisons: not a group that is hidden */
};

/* All groups of the set on one subject. */
struct line_means {
    struct subject subject;
    uint32_t line, group_count;
    struct group_mean *means; /* [group_count] */
    struct row_groups groups; /* for the rows */
    uint32_t *used;           /* [used_count] indices of the groups that are compared */
    uint32_t used_count;
};

/* The mean of one group.
 * gives   *out
 * fails   STATUS_MEMORY
 * source  [F1, F2, F20] */
enum status group_mean_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                            const struct subject *subject, struct group_mean *out) MUST_USE;

/* The means of all groups; used are the compared ones, as `use` says.
 * takes   line  number of the subject
 * fails   STATUS_MEMORY */
enum status line_means_find(struct ctx *ctx, const struct measuring *measuring, uint32_t line, enum line_use use,
                            struct line_means **out) MUST_USE;

/* The variance that one answer adds, over all used groups: Σ df n v / Σ df, which without weights and clusters is the pooled s².
 * blank   no group with an error -> UNDEFINED_TOO_FEW;  all constant -> UNDEFINED_NO_VARIANCE */
enum undefined pooled_variance(const struct line_means *line, double *out) MUST_USE;

/* Says which groups a row rests on: all that are used, or some of them; its support is the fewest respondents of these.
 * takes   groups  [count] indices, which outlive the table */
void row_rest_on(struct row *row, const struct line_means *line, const uint32_t *groups, uint32_t count);

/* The text of a group: its values joined by " × ", "no answer" for a missing one.
 * fails   STATUS_MEMORY */
enum status group_text(struct ctx *ctx, const struct measuring *measuring, uint32_t group, const char **out) MUST_USE;

/* The names of the set's segments joined by " × ", NULL for everyone.
 * fails   STATUS_MEMORY */
enum status set_text(struct ctx *ctx, const struct measuring *measuring, const char **out) MUST_USE;

/* The note that says how many hidden groups are left out, when there are any.
 * fails   STATUS_MEMORY */
enum status hidden_note(struct ctx *ctx, const struct measuring *measuring, struct table *table) MUST_USE;

/* The notes that comparisons of groups need: hidden ones left out, people who stand in several groups, weights and clusters.
 * fails   STATUS_MEMORY */
enum status comparison_notes(struct ctx *ctx, const struct measuring *measuring, struct table *table) MUST_USE;

#endif
