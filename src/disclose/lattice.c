/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disclose/lattice.h"

#include <assert.h>
#include <string.h>

#include "base/intern.h"
#include "base/limits.h"
#include "base/out.h"
#include "disclose/audit.h"

#define NODES_MAX (1u << 24)

struct link {
    uint32_t node;
    const struct link *next;
};

/* margin = sum of the cells. */
struct sum {
    uint32_t margin;
    unsigned level; /* segments of its cells: finer sums are filled first */
    const struct link *cells;
};

struct lattice {
    struct intern *nodes;   /* key of a node -> its number */
    struct intern *sums;    /* key of a sum -> its number */
    struct intern *members; /* sum and node, so that a cell is added once */
    struct sum *sum;
    uint32_t sum_capacity;
    bool crossed;        /* some group is a combination of segments */
    uint32_t shown_end;  /* nodes from here on are never shown */
    uint32_t *same;      /* [node] the node that stands for it and all others of the same people; a shown one if there is */
    bool *state;         /* [node] scratch: is what it stands for hidden? */
    bool *open;          /* [node] scratch: harmless to know */
    bool *safe;          /* [node] the states that were found safe last, with safe_floor; 0 = none */
    uint64_t safe_floor; /* for the same sizes of what is never shown */
};

enum status lattice_create(struct ctx *ctx, struct lattice **out)
{
    struct lattice *lattice = arena_alloc(ctx->arena, sizeof *lattice);
    if (!lattice)
        return ctx_no_memory(ctx);
    enum status status = intern_create(ctx, NODES_MAX, &lattice->nodes);
    if (!status)
        status = intern_create(ctx, NODES_MAX, &lattice->sums);
    if (!status)
        status = intern_create(ctx, NODES_MAX, &lattice->members);
    uint32_t everyone = 0;
    bool fresh = false;
    if (!status && intern_add(lattice->nodes, span_of("="), &everyone, &fresh))
        return ctx_no_memory(ctx);
    assert(status || everyone == 0);
    *out = lattice;
    return status;
}

uint32_t lattice_node_count(const struct lattice *lattice)
{
    return intern_count(lattice->nodes);
}

/* Adds a length and the bytes, so that no two lists of coordinates read the same. */
static void key_add(struct out *key, const char *text)
{
    if (!text) {
        out_text(key, "-;");
        return;
    }
    out_format(key, "%zu:", strlen(text));
    out_text(key, text);
}

/* Some of the coordinates of a cell: those whose bit is set in `mask`; all are sorted by segment. */
struct margin {
    const struct coordinate *at;
    uint32_t count;
    unsigned mask;
};

/* The key of the node at a margin. */
static enum status node_key(struct ctx *ctx, const struct margin *margin, struct out **key)
{
    enum status status = out_open_memory(ctx, key);
    if (status)
        return status;
    out_char(*key, '=');
    for (uint32_t i = 0; i < margin->count; i++) {
        if (!(margin->mask & (1u << i)))
            continue;
        key_add(*key, margin->at[i].segment);
        key_add(*key, margin->at[i].value);
    }
    return STATUS_OK;
}

static enum status node_find(struct ctx *ctx, struct lattice *lattice, const struct margin *margin, uint32_t *node)
{
    struct out *key = NULL;
    enum status status = node_key(ctx, margin, &key);
    if (status)
        return status;
    bool fresh = false;
    status = intern_add(lattice->nodes, out_bytes(key), node, &fresh);
    return status ? ctx_no_memory(ctx) : STATUS_OK;
}

static enum status sums_grow(struct ctx *ctx, struct lattice *lattice, uint32_t needed)
{
    if (needed <= lattice->sum_capacity)
        return STATUS_OK;
    uint32_t capacity = lattice->sum_capacity ? lattice->sum_capacity * 2 : 64;
    struct sum *grown = arena_array(ctx->arena, capacity, sizeof *grown);
    if (!grown)
        return ctx_no_memory(ctx);
    if (lattice->sum)
        memcpy(grown, lattice->sum, lattice->sum_capacity * sizeof *grown);
    lattice->sum = grown;
    lattice->sum_capacity = capacity;
    return STATUS_OK;
}

/* Puts `node` among the cells of the sum over segment `over` that makes the margin without it. */
static enum status sum_add(struct ctx *ctx, struct lattice *lattice, const struct margin *cell, uint32_t over, uint32_t node)
{
    uint32_t margin = 0;
    const struct margin without = {cell->at, cell->count, cell->mask & ~(1u << over)};
    enum status status = node_find(ctx, lattice, &without, &margin);
    struct out *key = NULL;
    if (!status)
        status = out_open_memory(ctx, &key);
    if (status)
        return status;
    out_format(key, "%u/", margin);
    key_add(key, cell->at[over].segment);
    uint32_t number = 0, member = 0;
    bool fresh = false, fresh_member = false;
    if (intern_add(lattice->sums, out_bytes(key), &number, &fresh))
        return ctx_no_memory(ctx);
    status = sums_grow(ctx, lattice, number + 1);
    if (status)
        return status;
    struct sum *sum = &lattice->sum[number];
    if (fresh)
        *sum = (struct sum){.margin = margin, .level = (unsigned)__builtin_popcount(cell->mask)};
    out_format(key, "/%u", node);
    if (intern_add(lattice->members, out_bytes(key), &member, &fresh_member))
        return ctx_no_memory(ctx);
    if (!fresh_member)
        return STATUS_OK;
    struct link *link = arena_alloc(ctx->arena, sizeof *link);
    if (!link)
        return ctx_no_memory(ctx);
    *link = (struct link){.node = node, .next = sum->cells};
    sum->cells = link;
    return STATUS_OK;
}

/* Insertion sort by segment name: at most BY_SET_SEGMENTS_MAX of them. */
static void coordinates_sort(struct coordinate *at, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        for (uint32_t j = i; j > 0 && strcmp(at[j].segment, at[j - 1].segment) < 0; j--) {
            struct coordinate swap = at[j];
            at[j] = at[j - 1];
            at[j - 1] = swap;
        }
    }
}

static enum status margin_add(struct ctx *ctx, struct lattice *lattice, const struct margin *cell, uint32_t *node)
{
    enum status status = node_find(ctx, lattice, cell, node);
    for (uint32_t over = 0; over < cell->count && !status; over++) {
        if (cell->mask & (1u << over))
            status = sum_add(ctx, lattice, cell, over, *node);
    }
    return status;
}

enum status lattice_add(struct ctx *ctx, struct lattice *lattice, const struct coordinate *at, uint32_t count, uint32_t *node)
{
    assert(count >= 1 && count <= BY_SET_SEGMENTS_MAX);
    struct coordinate sorted[BY_SET_SEGMENTS_MAX];
    memcpy(sorted, at, count * sizeof *at);
    coordinates_sort(sorted, count);
    enum status status = STATUS_OK;
    lattice->crossed = lattice->crossed || count > 1;
    for (unsigned mask = 1; mask < 1u << count && !status; mask++)
        status = margin_add(ctx, lattice, &(const struct margin){sorted, count, mask}, node);
    return status;
}

void lattice_end_groups(struct lattice *lattice)
{
    lattice->shown_end = lattice_node_count(lattice);
}

bool lattice_is_shown(const struct lattice *lattice, uint32_t node)
{
    return node < lattice->shown_end;
}

/* Lets the smaller of two numbers, which is shown if either is, stand for both. */
static bool same_join(uint32_t *same, uint32_t a, uint32_t b)
{
    uint32_t first = same[a] < same[b] ? same[a] : same[b];
    bool changed = same[a] != first || same[b] != first;
    same[a] = same[b] = first;
    return changed;
}

enum status lattice_link(struct ctx *ctx, struct lattice *lattice)
{
    uint32_t nodes = lattice_node_count(lattice);
    lattice->same = arena_array(ctx->arena, nodes, sizeof *lattice->same);
    lattice->state = arena_array(ctx->arena, nodes, sizeof *lattice->state);
    lattice->open = arena_array(ctx->arena, nodes, sizeof *lattice->open);
    lattice->safe = arena_array(ctx->arena, nodes, sizeof *lattice->safe);
    if (!lattice->same || !lattice->state || !lattice->open || !lattice->safe)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < nodes; i++)
        lattice->same[i] = i;
    bool changed = true;
    while (changed) {
        changed = false;
        for (uint32_t i = 0; i < intern_count(lattice->sums); i++) {
            const struct sum *sum = &lattice->sum[i];
            if (sum->margin != 0 && !sum->cells->next)
                changed = same_join(lattice->same, sum->margin, sum->cells->node) || changed;
        }
    }
    return STATUS_OK;
}

static uint64_t cells_size(const struct sum *sum, const uint64_t *sizes)
{
    uint64_t size = 0;
    for (const struct link *link = sum->cells; link; link = link->next)
        size += sizes[link->node];
    return size;
}

void lattice_fill_margins(const struct lattice *lattice, uint64_t *sizes)
{
    for (unsigned level = BY_SET_SEGMENTS_MAX; level >= 2; level--) {
        for (uint32_t i = 0; i < intern_count(lattice->sums); i++) {
            const struct sum *sum = &lattice->sum[i];
            bool known = !lattice_is_shown(lattice, sum->margin) || lattice_is_shown(lattice, sum->cells->node);
            if (sum->level == level && known && sizes[sum->margin] == 0)
                sizes[sum->margin] = cells_size(sum, sizes);
        }
    }
}

/* What is hidden and shown in one sum. */
struct exposure {
    uint32_t hidden_count, never_count; /* hidden cells, and those of them that are never shown */
    uint64_t hidden_size;               /* the fewest people that may be in the hidden cells together */
    uint32_t smallest;                  /* the smallest shown cell; UINT32_MAX when none is shown */
};

/* Cells may share people, who came more than once: what is hidden holds at least its largest cell, and at least those of the
 * margin who are in no shown cell. Without a size of the margin nobody is taken to be shared. */
static uint64_t people_at_least(uint64_t margin, uint64_t shown, uint64_t hidden, uint64_t largest)
{
    if (margin == 0)
        return hidden;
    uint64_t alone = margin > shown ? margin - shown : 0;
    uint64_t least = alone > largest ? alone : largest;
    return least < hidden ? least : hidden;
}

static struct exposure sum_exposure(const struct lattice *lattice, const struct sum *sum, const uint64_t *sizes,
                                    const bool *hidden)
{
    struct exposure seen = {.smallest = UINT32_MAX};
    uint64_t hidden_sum = 0, largest = 0, shown = 0;
    for (const struct link *link = sum->cells; link; link = link->next) {
        uint32_t node = lattice->same[link->node];
        if (hidden[node]) {
            bool shown_once = lattice_is_shown(lattice, node);
            seen.hidden_count++;
            seen.never_count += !shown_once;
            hidden_sum += sizes[node];
            largest = shown_once && sizes[node] > largest ? sizes[node] : largest;
            continue;
        }
        shown += sizes[node];
        bool first = seen.smallest == UINT32_MAX;
        if (first || sizes[node] < sizes[seen.smallest] || (sizes[node] == sizes[seen.smallest] && node < seen.smallest))
            seen.smallest = node;
    }
    seen.hidden_size = people_at_least(sizes[sum->margin], shown, hidden_sum, largest);
    return seen;
}

/* Has the sum one cell, which is the same people as its margin? */
static bool sum_is_same(const struct lattice *lattice, const struct sum *sum)
{
    return lattice->same[sum->cells->node] == lattice->same[sum->margin];
}

/* Hides one more member of a sum when it must; true when it did. */
static bool sum_protect(const struct lattice *lattice, const struct sum *sum, const uint64_t *sizes, bool *hidden, uint64_t floor)
{
    if (sum_is_same(lattice, sum))
        return false;
    struct exposure seen = sum_exposure(lattice, sum, sizes, hidden);
    uint32_t margin = lattice->same[sum->margin];
    bool margin_hidden = hidden[margin], margin_never = !lattice_is_shown(lattice, margin);
    uint32_t hidden_members = seen.hidden_count + (margin_hidden ? 1u : 0u);
    bool alone = hidden_members == 1 && !seen.never_count && !margin_never;
    bool small = !margin_hidden && seen.hidden_count > 0 && seen.hidden_size < floor;
    if (!alone && !small)
        return false;
    if (seen.smallest != UINT32_MAX) {
        hidden[seen.smallest] = true;
        return true;
    }
    if (margin_hidden || margin == 0)
        return false;
    hidden[margin] = true;
    return true;
}

/* Hides along the sums of one level; true when it hid anything. */
static bool level_protect(const struct lattice *lattice, unsigned level, const uint64_t *sizes, bool *hidden, uint64_t floor)
{
    bool changed = false;
    for (uint32_t i = 0; i < intern_count(lattice->sums); i++) {
        while (lattice->sum[i].level == level && sum_protect(lattice, &lattice->sum[i], sizes, hidden, floor))
            changed = true;
    }
    return changed;
}

/* Hides along every sum until each is safe by itself: within a region first, since what is hidden there is hidden among all
 * branches as well. */
static void sums_protect(const struct lattice *lattice, const uint64_t *sizes, bool *hidden, uint64_t floor)
{
    bool changed = true;
    while (changed) {
        changed = false;
        for (unsigned level = BY_SET_SEGMENTS_MAX; level >= 1; level--)
            changed = level_protect(lattice, level, sizes, hidden, floor) || changed;
    }
}

/* The smallest shown cell that stands in a sum with this node, or else the smallest at all; UINT32_MAX when there is none. */
static uint32_t companion_find(const struct lattice *lattice, const uint64_t *sizes, const bool *hidden, uint32_t node)
{
    uint32_t found = UINT32_MAX, farther = UINT32_MAX;
    for (uint32_t i = 0; i < intern_count(lattice->sums); i++) {
        const struct sum *sum = &lattice->sum[i];
        bool member = lattice->same[sum->margin] == node;
        for (const struct link *link = sum->cells; link; link = link->next)
            member = member || lattice->same[link->node] == node;
        uint32_t smallest = member ? sum_exposure(lattice, sum, sizes, hidden).smallest : UINT32_MAX;
        if (smallest != UINT32_MAX && (found == UINT32_MAX || sizes[smallest] < sizes[found]))
            found = smallest;
    }
    for (uint32_t i = 1; i < lattice->shown_end && found == UINT32_MAX; i++) {
        bool first = !hidden[i] && lattice->same[i] == i;
        if (first && (farther == UINT32_MAX || sizes[i] < sizes[farther]))
            farther = i;
    }
    return found != UINT32_MAX ? found : farther;
}

/* Too many groups to look for combinations of sums: only margins of one segment stay shown, which
 * stand in one sum each; where segments are linked, only those of the first segment. */
static void crossings_hide(const struct lattice *lattice, bool *hidden)
{
    bool first_known = false;
    for (uint32_t i = 0; i < intern_count(lattice->sums); i++) {
        const struct sum *sum = &lattice->sum[i];
        bool linked = sum->level > 1;
        if (sum->margin == 0 && lattice->shown_end < lattice_node_count(lattice)) {
            linked = first_known;
            first_known = true;
        }
        for (const struct link *link = sum->cells; link && linked; link = link->next)
            hidden[lattice->same[link->node]] = true;
    }
}

static enum status audit_fill(struct ctx *ctx, const struct lattice *lattice, const bool *hidden, struct audit **out)
{
    enum status status = audit_create(ctx, intern_count(lattice->sums), lattice_node_count(lattice), hidden, out);
    for (uint32_t i = 0; i < intern_count(lattice->sums) && !status && *out; i++) {
        if (sum_is_same(lattice, &lattice->sum[i]))
            continue;
        audit_member(*out, i, lattice->same[lattice->sum[i].margin], false);
        for (const struct link *link = lattice->sum[i].cells; link; link = link->next)
            audit_member(*out, i, lattice->same[link->node], true);
    }
    return status;
}

/* Hides a companion of the first node that sums of sums give away.
 * gives   *changed  whether there was one */
static enum status combinations_protect(struct ctx *ctx, const struct lattice *lattice, const uint64_t *sizes, bool *hidden,
                                        bool *changed)
{
    struct arena *scratch = NULL;
    struct audit *audit = NULL;
    enum status status = arena_create(ctx->arena, &scratch);
    struct ctx inner = *ctx;
    inner.arena = scratch;
    *changed = false;
    if (!status)
        status = audit_fill(&inner, lattice, hidden, &audit);
    if (!status && !audit)
        crossings_hide(lattice, hidden);
    uint32_t node = audit ? audit_first_fixed(audit, lattice->open) : UINT32_MAX;
    uint32_t companion = node != UINT32_MAX ? companion_find(lattice, sizes, hidden, node) : UINT32_MAX;
    if (companion != UINT32_MAX) {
        hidden[companion] = true;
        *changed = true;
    }
    arena_destroy(scratch);
    return status ? ctx_no_memory(ctx) : STATUS_OK;
}

/* What each node stands for is hidden when one of the nodes that may be shown is, or when none may be. */
static void states_take(struct lattice *lattice, const uint64_t *sizes, const bool *hidden, uint64_t floor)
{
    uint32_t nodes = lattice_node_count(lattice);
    for (uint32_t i = 0; i < nodes; i++) {
        lattice->state[i] = lattice->same[i] == i && !lattice_is_shown(lattice, i);
        lattice->open[i] = lattice->state[i] && sizes[i] >= floor;
    }
    for (uint32_t i = 1; i < lattice->shown_end; i++)
        lattice->state[lattice->same[i]] = lattice->state[lattice->same[i]] || hidden[i];
}

enum status lattice_protect(struct ctx *ctx, struct lattice *lattice, const uint64_t *sizes, bool *hidden, uint64_t floor)
{
    bool changed = true, audited = false;
    enum status status = STATUS_OK;
    uint32_t nodes = lattice_node_count(lattice);
    states_take(lattice, sizes, hidden, floor);
    while (changed && !status) {
        sums_protect(lattice, sizes, lattice->state, floor);
        changed = false;
        bool known = lattice->safe_floor == floor && memcmp(lattice->safe, lattice->state, nodes * sizeof *lattice->safe) == 0;
        if (lattice->crossed && !known) {
            audited = true;
            status = combinations_protect(ctx, lattice, sizes, lattice->state, &changed);
        }
    }
    if (audited && !status) {
        memcpy(lattice->safe, lattice->state, nodes * sizeof *lattice->safe);
        lattice->safe_floor = floor;
    }
    for (uint32_t i = 1; i < lattice->shown_end; i++)
        hidden[i] = lattice->state[lattice->same[i]];
    return status;
}
