/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/pair_groups.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/pool.h"
#include "base/wide.h"

#define KEYS_FIRST       64u
#define WEIGHT_TOTAL_MAX ((int128)1 << 79) /* long_sum.h relies on it */

static size_t key_place(const struct key_set *set, uint64_t key)
{
    uint64_t hash = (key ^ (key >> 29)) * UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (size_t)(hash >> 32) & (set->capacity - 1);
    while (set->numbers[at] != 0 && set->keys[at] != key) {
        at = (at + 1) & (set->capacity - 1);
    }
    return at;
}

uint32_t key_set_find(const struct key_set *set, uint64_t key)
{
    return set->numbers[key_place(set, key)] - 1;
}

static enum status key_set_grow(struct key_set *set)
{
    struct key_set wider = *set;
    wider.capacity = set->capacity == 0 ? KEYS_FIRST : set->capacity * 2;
    wider.keys = arena_array(set->arena, wider.capacity, sizeof *wider.keys);
    wider.numbers = arena_array(set->arena, wider.capacity, sizeof *wider.numbers);
    if (wider.keys == NULL || wider.numbers == NULL) {
        return STATUS_MEMORY;
    }
    for (size_t i = 0; i < set->capacity; i++) {
        if (set->numbers[i] != 0) {
            size_t at = key_place(&wider, set->keys[i]);
            wider.keys[at] = set->keys[i];
            wider.numbers[at] = set->numbers[i];
        }
    }
    *set = wider;
    return STATUS_OK;
}

enum status key_set_add(struct key_set *set, uint64_t key)
{
    if ((size_t)set->count * 2 >= set->capacity && key_set_grow(set) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    size_t at = key_place(set, key);
    if (set->numbers[at] != 0) {
        return STATUS_OK;
    }
    if (set->count == GROUPS_MAX) {
        return STATUS_DATA;
    }
    set->keys[at] = key;
    set->numbers[at] = ++set->count;
    return STATUS_OK;
}

/* What one worker has seen. */
struct scan_worker {
    struct key_set *keys; /* [set_count] */
    int128 w, ww;
    bool overflow;
};

struct scan {
    const struct pair_frame *frame;
    struct scan_worker *workers;
};

static void scan_weights(struct scan_worker *worker, const int64_t *weights, uint32_t rows)
{
    for (uint32_t row = 0; row < rows; row++) {
        worker->w += weights[row];
        worker->overflow =
            worker->overflow || __builtin_add_overflow(worker->ww, (int128)weights[row] * weights[row], &worker->ww);
    }
}

static enum status scan_chunk(void *state, size_t chunk, unsigned worker)
{
    struct scan *scan = state;
    const struct pair_frame *frame = scan->frame;
    const struct answers_chunk *answers = &frame->answers->chunks[chunk];
    struct scan_worker *mine = &scan->workers[worker];
    uint32_t rows = pair_frame_rows(frame, chunk);
    uint32_t segments = frame->study->columns.segment_count;
    if (frame->weighted) {
        scan_weights(mine, answers->weights, rows);
    }
    for (uint32_t set = 0; set < frame->plan->set_count; set++) {
        const struct by_set *by = &frame->plan->sets[set];
        for (uint32_t row = 0; row < rows && by->segment_count > 0; row++) {
            enum status status = key_set_add(&mine->keys[set], group_key(by, answers->segments + (size_t)row * segments));
            if (status != STATUS_OK) {
                return status;
            }
        }
    }
    return STATUS_OK;
}

static enum status keys_merge(struct key_set *into, const struct key_set *from)
{
    enum status status = STATUS_OK;
    for (size_t k = 0; k < from->capacity && status == STATUS_OK; k++) {
        if (from->numbers[k] != 0) {
            status = key_set_add(into, from->keys[k]);
        }
    }
    return status;
}

static enum status scan_merge(struct scan *scan, unsigned workers)
{
    struct scan_worker *first = &scan->workers[0];
    for (unsigned i = 1; i < workers; i++) {
        const struct scan_worker *worker = &scan->workers[i];
        enum status status = STATUS_OK;
        first->w += worker->w;
        first->overflow = first->overflow || worker->overflow || __builtin_add_overflow(first->ww, worker->ww, &first->ww);
        for (uint32_t set = 0; set < scan->frame->plan->set_count && status == STATUS_OK; set++) {
            status = keys_merge(&first->keys[set], &worker->keys[set]);
        }
        if (status != STATUS_OK) {
            return status;
        }
    }
    return STATUS_OK;
}

/* One value of a segment, in the order in which groups are shown. */
struct ranked_value {
    struct span text;
    bool is_number;
    struct decimal number;
    uint32_t value;
};

/* Numbers by size, before texts by bytes. */
static int ranked_compare(const void *a, const void *b)
{
    const struct ranked_value *left = a;
    const struct ranked_value *right = b;
    if (left->is_number != right->is_number) {
        return left->is_number ? -1 : 1;
    }
    int order = left->is_number ? decimal_compare(left->number, right->number) : 0;
    return order != 0 ? order : span_compare(left->text, right->text);
}

/* The place of each value of a segment in the order; no answer comes last.
 * gives   [value_count + 1], or NULL without memory */
static const uint32_t *segment_ranks(struct arena *scratch, const struct answers *answers, uint32_t segment)
{
    uint32_t count = answers->segment_value_count[segment];
    struct ranked_value *values = arena_array(scratch, (size_t)count + 1, sizeof *values);
    uint32_t *ranks = arena_array(scratch, (size_t)count + 1, sizeof *ranks);
    if (values == NULL || ranks == NULL) {
        return NULL;
    }
    for (uint32_t i = 0; i < count; i++) {
        values[i].text = span_of(answers->segment_values[segment][i]);
        values[i].value = i;
        values[i].is_number = decimal_parse(span_trim(values[i].text), '.', &values[i].number);
    }
    if (count > 1) {
        qsort(values, count, sizeof *values, ranked_compare);
    }
    for (uint32_t i = 0; i < count; i++) {
        ranks[values[i].value] = i;
    }
    ranks[count] = count;
    return ranks;
}

/* A group while it is sorted: the key of its ranks, and that of its values. */
struct ranked_group {
    uint64_t ranks, key;
};

static int group_compare(const void *a, const void *b)
{
    const struct ranked_group *left = a;
    const struct ranked_group *right = b;
    return left->ranks < right->ranks ? -1 : left->ranks > right->ranks;
}

static enum status groups_rank(struct arena *scratch, const struct pair_frame *frame, const struct by_set *by,
                               struct ranked_group *groups, uint32_t count)
{
    const uint32_t *ranks[BY_SET_SEGMENTS_MAX];
    for (uint32_t s = 0; s < by->segment_count; s++) {
        ranks[s] = segment_ranks(scratch, frame->answers, by->segments[s]);
        if (ranks[s] == NULL) {
            return STATUS_MEMORY;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t s = 0; s < by->segment_count; s++) {
            uint16_t value = (uint16_t)(groups[i].key >> (16 * (by->segment_count - 1 - s)));
            uint32_t last = frame->answers->segment_value_count[by->segments[s]];
            groups[i].ranks = groups[i].ranks << 16 | ranks[s][value == NO_SEGMENT_VALUE ? last : value];
        }
    }
    if (count > 1) {
        qsort(groups, count, sizeof *groups, group_compare);
    }
    return STATUS_OK;
}

/* Numbers the groups in their sorted order. */
static enum status grouping_order(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame,
                                  const struct key_set *found, struct pair_grouping *grouping)
{
    const struct by_set *by = grouping->by;
    struct ranked_group *groups = arena_array(scratch, (size_t)found->count + 1, sizeof *groups);
    uint16_t *values = arena_array(ctx->arena, (size_t)found->count * by->segment_count + 1, sizeof *values);
    uint32_t count = 0;
    if (groups == NULL || values == NULL) {
        return STATUS_MEMORY;
    }
    for (size_t k = 0; k < found->capacity; k++) {
        if (found->numbers[k] != 0) {
            groups[count++] = (struct ranked_group){.key = found->keys[k]};
        }
    }
    enum status status = groups_rank(scratch, frame, by, groups, count);
    for (uint32_t i = 0; i < count && status == STATUS_OK; i++) {
        status = key_set_add(&grouping->groups, groups[i].key);
        for (uint32_t s = 0; s < by->segment_count; s++) {
            values[(size_t)i * by->segment_count + s] = (uint16_t)(groups[i].key >> (16 * (by->segment_count - 1 - s)));
        }
    }
    grouping->values = values;
    grouping->group_count = count;
    return status;
}

/* Says which by-set has too many groups. */
static enum status too_many_groups(struct ctx *ctx, const struct pair_frame *frame, uint32_t set)
{
    const struct by_set *by = &frame->plan->sets[set];
    char names[256] = "";
    size_t used = 0;
    for (uint32_t s = 0; s < by->segment_count && used < sizeof names; s++) {
        const char *name = frame->study->columns.segments[by->segments[s]].column;
        int wrote = snprintf(names + used, sizeof names - used, "%s%s", s == 0 ? "" : " and ", name);
        used += wrote < 0 ? 0 : (size_t)wrote;
    }
    return ctx_fail(ctx, STATUS_DATA, NULL,
                    "The answers have more than %u groups by %s; ask for fewer segments, or for one with fewer values.",
                    GROUPS_MAX, names);
}

/* A worker that met the ceiling holds exactly GROUPS_MAX keys. */
static enum status scan_failed(struct ctx *ctx, const struct scan *scan, unsigned workers, enum status status)
{
    if (status == STATUS_MEMORY) {
        return ctx_no_memory(ctx);
    }
    for (uint32_t set = 0; set < scan->frame->plan->set_count && status == STATUS_DATA; set++) {
        for (unsigned i = 0; i < workers; i++) {
            if (scan->workers[i].keys[set].count == GROUPS_MAX) {
                return too_many_groups(ctx, scan->frame, set);
            }
        }
    }
    return status == STATUS_CANCELLED ? ctx_cancelled(ctx) : status;
}

static enum status scan_create(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame, unsigned workers,
                               struct scan *scan)
{
    scan->frame = frame;
    scan->workers = arena_array(scratch, workers, sizeof *scan->workers);
    for (unsigned i = 0; i < workers && scan->workers != NULL; i++) {
        struct arena *own;
        struct scan_worker *worker = &scan->workers[i];
        enum status status = arena_create(scratch, &own);
        worker->keys = status == STATUS_OK ? arena_array(own, (size_t)frame->plan->set_count + 1, sizeof *worker->keys) : NULL;
        if (worker->keys == NULL) {
            return ctx_no_memory(ctx);
        }
        for (uint32_t set = 0; set < frame->plan->set_count; set++) {
            worker->keys[set].arena = own;
        }
    }
    return scan->workers == NULL ? ctx_no_memory(ctx) : STATUS_OK;
}

/* Where a segment stands in a by-set, or the number of its segments. */
static uint32_t segment_place(const struct by_set *by, uint32_t segment)
{
    uint32_t place = 0;
    while (place < by->segment_count && by->segments[place] != segment) {
        place++;
    }
    return place;
}

static bool has_segments_of(const struct by_set *by, const struct by_set *of)
{
    for (uint32_t s = 0; s < of->segment_count; s++) {
        if (segment_place(by, of->segments[s]) == by->segment_count) {
            return false;
        }
    }
    return true;
}

/* The by-set with most segments that has all of this one's; of equals the first. It is its own source. */
static uint32_t source_of(const struct plan *plan, uint32_t set)
{
    uint32_t source = set;
    for (uint32_t other = 0; other < plan->set_count; other++) {
        bool wider = plan->sets[other].segment_count > plan->sets[source].segment_count;
        bool equal = plan->sets[other].segment_count == plan->sets[source].segment_count && other < source;
        if ((wider || equal) && has_segments_of(&plan->sets[other], &plan->sets[set])) {
            source = other;
        }
    }
    return source;
}

const uint32_t *pair_grouping_map(struct arena *scratch, const struct pair_grouping *source, const struct pair_grouping *to)
{
    uint32_t *map = arena_array(scratch, (size_t)source->group_count + 1, sizeof *map);
    for (uint32_t group = 0; group < source->group_count && map != NULL; group++) {
        uint64_t key = 0;
        for (uint32_t s = 0; s < to->by->segment_count; s++) {
            uint32_t place = segment_place(source->by, to->by->segments[s]);
            key = key << 16 | source->values[(size_t)group * source->by->segment_count + place];
        }
        map[group] = to->by->segment_count == 0 ? 0 : key_set_find(&to->groups, key);
    }
    return map;
}

enum status pair_groupings_make(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame,
                                struct pair_grouping **out)
{
    const struct plan *plan = frame->plan;
    unsigned workers = pool_workers(ctx, frame->answers->chunk_count);
    struct scan scan;
    workers = workers > 0 ? workers : 1;
    enum status status = scan_create(ctx, scratch, frame, workers, &scan);
    if (status != STATUS_OK) {
        return status;
    }
    status = pool_run(ctx, frame->answers->chunk_count, scan_chunk, &scan);
    if (status == STATUS_OK) {
        status = scan_merge(&scan, workers);
    }
    if (status != STATUS_OK) {
        return scan_failed(ctx, &scan, workers, status);
    }
    if (scan.workers[0].overflow || scan.workers[0].w >= WEIGHT_TOTAL_MAX) {
        return ctx_fail(ctx, STATUS_DATA, NULL, "The weights are too large to be summed exactly; divide them by their mean.");
    }
    struct pair_grouping *groupings = arena_array(ctx->arena, (size_t)plan->set_count + 1, sizeof *groupings);
    if (groupings == NULL) {
        return ctx_no_memory(ctx);
    }
    for (uint32_t set = 0; set < plan->set_count; set++) {
        groupings[set] = (struct pair_grouping){.by = &plan->sets[set],
                                                .segments = frame->study->columns.segment_count,
                                                .group_count = 1,
                                                .source = source_of(plan, set),
                                                .groups.arena = ctx->arena};
        if (plan->sets[set].segment_count > 0 &&
            grouping_order(ctx, scratch, frame, &scan.workers[0].keys[set], &groupings[set]) != STATUS_OK) {
            return ctx_no_memory(ctx);
        }
    }
    *out = groupings;
    return STATUS_OK;
}
