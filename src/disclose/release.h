/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_DISCLOSE_RELEASE_H
#define GAPMETER_DISCLOSE_RELEASE_H

#include "model/released_table.h"

/* Respondents who have certain values of several segments: never shown, but an attacker's sums go through them. */
struct crossing_cell {
    const char *const *values; /* [segment_count]; NULL = no answer */
    uint64_t respondents;      /* distinct */
};

/* All combinations of values of some segments that occur. */
struct crossing {
    const char *const *segments; /* names; 2 <= segment_count <= BY_SET_SEGMENTS_MAX */
    uint32_t segment_count;
    const struct crossing_cell *cells;
    uint32_t cell_count;
};

/* How small a group may be. */
struct release_rule {
    uint32_t floor;                   /* rows of segments with less support are hidden; 1 hides nothing */
    uint64_t respondents;             /* distinct, of everyone; 0 = no person is in two groups of a segment */
    const struct crossing *crossings; /* of the segments of the request, when there are several */
    uint32_t crossing_count;
    bool floor_totals; /* the server's rule: tables over everyone are floored too */
};

/* Which groups of the request will not be hidden whole, known from their sizes alone: those that may be compared with others,
 * so that no shown figure depends on a hidden group.
 * takes   tables  one per by-set, with a row per group
 * gives   *shown  [table][row]; NULL for a table without segments
 * needs   rule.floor >= 1
 * proof   tests/disclose/groups_release_test.c */
enum status groups_release(struct ctx *ctx, const struct table *const *tables, uint32_t count, struct release_rule rule,
                           const bool ***shown) MUST_USE;

/* The same line by line: which rows will not be hidden, when all tables are of one measure and say how many people stand behind
 * each group in each line.
 * takes   tables  one per by-set, a row per group and line
 *         shares  what is to be shown tells shares, which need more people
 * gives   *shown  [table][row]; NULL for a table without segments
 * needs   rule.floor >= 1, count >= 1
 * proof   tests/disclose/groups_release_test.c */
enum status lines_release(struct ctx *ctx, const struct table *const *tables, uint32_t count, struct release_rule rule,
                          bool shares, const bool ***shown) MUST_USE;

/* The one gate between what was computed and what may be shown.
 *
 * In tables by segment a row is hidden when fewer than `floor` respondents stand behind any of its
 * figures, and a whole group when it has fewer than `floor` respondents. Then complementary hiding:
 * along every line whose sum could be known (all groups of a segment; in crossed tables all values
 * of one segment at fixed values of the others) the hidden cells must be at least two and hold at
 * least `floor` different respondents together (repeat visits count once),
 * so the smallest shown one is hidden as well until they do.
 * Groups of different segments are linked by the crossings of the rule: a branch that makes the
 * difference between a region and its other branches counts as one of that line, and the difference
 * of two shown groups must not be fewer than `floor`.
 * Groups of a crossed set whose margin is hidden are hidden too. Shares, and the counts that give
 * them away, need 10 respondents by the same rule (the floor itself when that is larger; no limit
 * when the floor is 1): every column with tells_share.
 * A comparison of groups is hidden in a line when one of the groups that its figures rest on is; a row of everyone that tells
 * parts of them apart (row.parted) when the smallest part is below the floor.
 * Words of people (measure.words) are taken out, not blanked, unless 10 of them wrote and the floor used the word.
 * Reasons that come from the study (not asked, mixed scales, one item) stay, and such rows hide no other.
 * takes   tables  all tables of one request, so that none gives another away
 * gives   *out    count released tables in the same order; hidden cells are blank with REASON_SUPPRESSED
 * needs   rule.floor >= 1
 * cost    time groups² × lines in the worst case
 * source  complementary suppression: Cox 1980 JASA 75; floors: OECD Glossary of Statistical Terms
 * proof   tests/disclose/release_test.c */
enum status tables_release(struct ctx *ctx, const struct table *const *tables, uint32_t count, struct release_rule rule,
                           const struct released_table *const **out) MUST_USE;

#endif
