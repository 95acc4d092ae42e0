/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/pair_cases.h"

#include <stdlib.h>

#include "pair/pair_strata.h"

/* A place in a group while clusters are told apart. */
struct clustered_case {
    uint64_t cluster; /* its stratum and its number: a cluster in two strata is two */
    uint32_t rank, encounter;
    uint32_t cluster_place; /* of the cluster in the group, once it is known */
};

static int by_cluster_then_rank(const void *a, const void *b)
{
    const struct clustered_case *x = a;
    const struct clustered_case *y = b;
    if (x->cluster != y->cluster) {
        return x->cluster < y->cluster ? -1 : 1;
    }
    return x->rank < y->rank ? -1 : x->rank > y->rank;
}

static int by_rank_then_cluster(const void *a, const void *b)
{
    const struct clustered_case *x = a;
    const struct clustered_case *y = b;
    if (x->rank != y->rank) {
        return x->rank < y->rank ? -1 : 1;
    }
    return x->cluster_place < y->cluster_place ? -1 : x->cluster_place > y->cluster_place;
}

/* Where the cases of one cluster stand. */
struct cluster_span {
    const struct clustered_case *first;
    uint32_t count;
};

static int spans_compare(const void *a, const void *b)
{
    const struct cluster_span *x = a;
    const struct cluster_span *y = b;
    for (uint32_t i = 0; i < x->count && i < y->count; i++) {
        if (x->first[i].rank != y->first[i].rank) {
            return x->first[i].rank < y->first[i].rank ? -1 : 1;
        }
    }
    return x->count < y->count ? -1 : x->count > y->count;
}

/* Orders the clusters of a group by the ranks of their cases, and the cases by rank and cluster. */
static enum status cases_settle(struct ctx *ctx, struct arena *scratch, struct clustered_case *cases, uint32_t count)
{
    struct cluster_span *spans = arena_array(scratch, (size_t)count + 1, sizeof *spans);
    uint32_t *places = arena_array(scratch, (size_t)count + 1, sizeof *places); /* [first case of the cluster] */
    uint32_t clusters = 0;
    if (spans == NULL || places == NULL) {
        return ctx_no_memory(ctx);
    }
    qsort(cases, count, sizeof *cases, by_cluster_then_rank);
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || cases[i].cluster != cases[i - 1].cluster) {
            spans[clusters++] = (struct cluster_span){.first = &cases[i]};
        }
        spans[clusters - 1].count++;
    }
    qsort(spans, clusters, sizeof *spans, spans_compare);
    for (uint32_t i = 0; i < clusters; i++) {
        places[spans[i].first - cases] = i;
    }
    uint32_t place = 0;
    for (uint32_t i = 0; i < count; i++) {
        place = i == 0 || cases[i].cluster != cases[i - 1].cluster ? places[i] : place;
        cases[i].cluster_place = place;
    }
    qsort(cases, count, sizeof *cases, by_rank_then_cluster);
    return STATUS_OK;
}

static uint64_t cluster_of(const struct pair_frame *frame, uint32_t encounter)
{
    const struct answers_chunk *chunk = &frame->answers->chunks[encounter / ANSWERS_CHUNK_ROWS];
    bool by_column = frame->study->columns.cluster != NULL;
    uint64_t stratum = frame->stratified ? pair_stratum(frame, encounter) : 0;
    return stratum << 32 |
           (by_column ? chunk->clusters[encounter % ANSWERS_CHUNK_ROWS] : answers_respondent_of(frame->answers, encounter));
}

static enum status group_settle(struct ctx *ctx, const struct pair_frame *frame, const struct pair_ranks *ranks,
                                uint32_t *encounters, uint32_t count)
{
    struct arena *scratch;
    if (arena_create(ctx->arena, &scratch) != STATUS_OK) {
        return ctx_no_memory(ctx);
    }
    struct clustered_case *cases = arena_array(scratch, (size_t)count + 1, sizeof *cases);
    enum status status = cases == NULL ? ctx_no_memory(ctx) : STATUS_OK;
    for (uint32_t i = 0; i < count && status == STATUS_OK; i++) {
        cases[i] = (struct clustered_case){
            .rank = ranks->ranks[encounters[i]], .encounter = encounters[i], .cluster = cluster_of(frame, encounters[i])};
    }
    if (status == STATUS_OK) {
        status = cases_settle(ctx, scratch, cases, count);
    }
    for (uint32_t i = 0; i < count && status == STATUS_OK; i++) {
        encounters[i] = cases[i].encounter;
    }
    arena_destroy(scratch);
    return status;
}

static uint32_t group_of(const struct pair_frame *frame, const struct pair_grouping *grouping, uint32_t encounter)
{
    return pair_grouping_find(grouping, &frame->answers->chunks[encounter / ANSWERS_CHUNK_ROWS], encounter % ANSWERS_CHUNK_ROWS);
}

/* Where the cases of each group stand. */
struct dealt {
    uint32_t *all;
    uint32_t *ends; /* [group_count] */
};

/* Deals the sorted encounters out to their groups. Everyone is one group, which has them as they are. */
static enum status cases_deal(struct ctx *ctx, struct arena *room, const struct pair_frame *frame,
                              const struct pair_grouping *grouping, const struct pair_ranks *ranks, struct dealt *out)
{
    bool everyone = grouping->by->segment_count == 0;
    uint32_t *next = arena_array(room, (size_t)grouping->group_count + 1, sizeof *next);
    out->all = everyone ? ranks->sorted : arena_array(room, (size_t)ranks->count + 1, sizeof *out->all);
    out->ends = next;
    if (next == NULL || out->all == NULL) {
        return ctx_no_memory(ctx);
    }
    if (everyone) {
        next[0] = ranks->count;
        return STATUS_OK;
    }
    for (uint32_t i = 0; i < ranks->count; i++) {
        next[group_of(frame, grouping, ranks->sorted[i]) + 1]++;
    }
    for (uint32_t g = 0; g < grouping->group_count; g++) {
        next[g + 1] += next[g];
    }
    for (uint32_t i = 0; i < ranks->count; i++) {
        out->all[next[group_of(frame, grouping, ranks->sorted[i])]++] = ranks->sorted[i];
    }
    return STATUS_OK;
}

enum status pair_cases_make(struct ctx *ctx, struct arena *room, const struct pair_frame *frame,
                            const struct pair_grouping *grouping, const struct pair_ranks *ranks, struct group *groups)
{
    struct dealt dealt;
    enum status status = cases_deal(ctx, room, frame, grouping, ranks, &dealt);
    for (uint32_t g = 0; g < grouping->group_count && status == STATUS_OK; g++) {
        uint32_t *cases = dealt.all + (g == 0 ? 0 : dealt.ends[g - 1]);
        groups[g].cases = cases;
        groups[g].case_count = (uint32_t)(dealt.all + dealt.ends[g] - cases);
        if (frame->clustered) {
            status = group_settle(ctx, frame, ranks, cases, groups[g].case_count);
        }
    }
    return status;
}
