/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/pair_joint.h"

#include <string.h>

#define DENSE_BYTES_LEAST (UINT64_C(64) << 20) /* arrays up to here whatever the number of answers */

static unsigned kind_standards(enum joint_kind kind, enum standard *standards)
{
    static const enum standard of_kind[][3] = {
        [JOINT_PAIRS] = {STANDARD_EXPECTATION, STANDARD_PERCEPTION},
        [JOINT_ZONES] = {STANDARD_MINIMUM, STANDARD_DESIRED, STANDARD_PERCEPTION},
        [JOINT_SINGLES] = {STANDARD_PERCEPTION},
    };
    static const unsigned arity[] = {[JOINT_PAIRS] = 2, [JOINT_ZONES] = 3, [JOINT_SINGLES] = 1};
    memcpy(standards, of_kind[kind], sizeof of_kind[kind]);
    return arity[kind];
}

static struct cell_shape joint_shape(const struct pair_frame *frame, enum joint_kind kind, uint32_t group_count, uint64_t *widths)
{
    enum standard standards[3];
    unsigned arity = kind_standards(kind, standards);
    for (uint32_t item = 0; item < frame->study->item_count; item++) {
        bool asked = false;
        widths[item] = 1;
        for (unsigned i = 0; i < arity; i++) {
            asked = asked || pair_frame_asks(frame, standards[i], item);
            widths[item] *= frame->tops[item];
        }
        widths[item] = asked ? widths[item] : 0;
    }
    /* An array is worth its room as long as a table of the cells that can come would not be smaller. */
    uint64_t answered = (uint64_t)frame->answers->encounter_count * frame->study->item_count * 16;
    return (struct cell_shape){.group_count = group_count,
                               .owner_count = frame->study->item_count,
                               .widths = widths,
                               .dense_most = kind == JOINT_PAIRS ? DENSE_TALLY_CELLS_MAX : DENSE_HISTOGRAM_CELLS_MAX,
                               .dense_bytes = answered > DENSE_BYTES_LEAST ? answered : DENSE_BYTES_LEAST,
                               .weighted = frame->weighted};
}

uint64_t pair_joint_bytes(const struct pair_frame *frame, enum joint_kind kind, uint32_t group_count)
{
    uint64_t widths[ITEMS_MAX];
    struct cell_shape shape = joint_shape(frame, kind, group_count, widths);
    return cell_shape_bytes(&shape);
}

enum status pair_joint_create(struct arena *arena, const struct pair_frame *frame, enum joint_kind kind, uint32_t group_count,
                              struct pair_joint *out)
{
    uint64_t widths[ITEMS_MAX];
    struct cell_shape shape = joint_shape(frame, kind, group_count, widths);
    out->kind = kind;
    out->arity = kind_standards(kind, out->standards);
    enum status status = cell_store_create(arena, &shape, &out->cells);
    out->plain = status == STATUS_OK && kind == JOINT_PAIRS && !frame->weighted;
    for (uint32_t item = 0; item < frame->study->item_count && out->plain; item++) {
        out->plain = out->cells.offsets[item] != CELLS_SPARSE;
    }
    return status;
}

/* Counts pairs that were not answered too, under value 0, which finishing leaves out: cheaper than asking. */
static void add_plain(struct pair_joint *joint, const struct pair_frame *frame, uint32_t group, const struct pair_row *row)
{
    const uint16_t *e = row->codes[STANDARD_EXPECTATION];
    const uint16_t *p = row->codes[STANDARD_PERCEPTION];
    uint32_t *counts = joint->cells.counts + group * joint->cells.stride;
    for (uint32_t item = 0; item < frame->study->item_count; item++) {
        counts[joint->cells.offsets[item] + e[item] * frame->tops[item] + p[item]]++;
    }
}

enum status pair_joint_add(struct pair_joint *joint, const struct pair_frame *frame, uint32_t group, const struct pair_row *row)
{
    if (joint->plain) {
        add_plain(joint, frame, group, row);
        return STATUS_OK;
    }
    const uint16_t *first = row->codes[joint->standards[0]];
    const uint16_t *second = joint->arity > 1 ? row->codes[joint->standards[1]] : NULL;
    const uint16_t *third = joint->arity > 2 ? row->codes[joint->standards[2]] : NULL;
    for (uint32_t item = 0; item < frame->study->item_count; item++) {
        uint64_t value = first[item];
        value = second == NULL ? value : value * frame->tops[item] + second[item];
        value = third == NULL ? value : value * frame->tops[item] + third[item];
        if (value != 0 && cell_store_add(&joint->cells, group, item, value, row->weight) != STATUS_OK) {
            return STATUS_MEMORY;
        }
    }
    return STATUS_OK;
}

enum status pair_joint_merge(struct pair_joint *into, const struct pair_joint *from, const uint32_t *map)
{
    return cell_store_merge(&into->cells, &from->cells, map);
}

static void track_pairs(const struct pair_frame *frame, const struct pair_row *row, struct run_track *track)
{
    for (uint32_t i = 0; i < frame->pair_count; i++) {
        if (row->paired[i] != 0) {
            uint32_t variable = frame->variables.pairs + 2 * frame->pair_items[i];
            run_track_add(track, variable, row->gaps[i]);
            run_track_add(track, variable + 1, row->gaps[i] < 0);
        }
    }
}

/* Which codes of a cell may be 0: the edge of a zone that was not asked, beside one that was. */
static void optional_codes(const struct pair_frame *frame, enum joint_kind kind, uint32_t item, bool optional[3])
{
    bool minimum = pair_frame_asks(frame, STANDARD_MINIMUM, item);
    bool desired = pair_frame_asks(frame, STANDARD_DESIRED, item);
    optional[0] = kind == JOINT_ZONES && !minimum && desired;
    optional[1] = kind == JOINT_ZONES && minimum && !desired;
    optional[2] = false;
}

static void track_zones(const struct pair_frame *frame, const struct pair_row *row, struct run_track *track)
{
    for (uint32_t item = 0; item < frame->study->item_count; item++) {
        int64_t minimum = row->codes[STANDARD_MINIMUM][item];
        int64_t desired = row->codes[STANDARD_DESIRED][item];
        int64_t perception = row->codes[STANDARD_PERCEPTION][item];
        bool optional[3];
        optional_codes(frame, JOINT_ZONES, item, optional);
        if (perception == 0 || (minimum == 0 && !optional[0]) || (desired == 0 && !optional[1])) {
            continue;
        }
        if (minimum != 0) {
            run_track_add(track, frame->variables.zones + 2 * item, perception - minimum);
        }
        if (desired != 0) {
            run_track_add(track, frame->variables.zones + 2 * item + 1, perception - desired);
        }
    }
}

void pair_joint_track(const struct pair_frame *frame, enum joint_kind kind, const struct pair_row *row, struct run_track *track)
{
    if (kind == JOINT_PAIRS) {
        track_pairs(frame, row, track);
        return;
    }
    if (kind == JOINT_ZONES) {
        track_zones(frame, row, track);
        return;
    }
    for (uint32_t item = 0; item < frame->study->item_count; item++) {
        if (row->codes[STANDARD_PERCEPTION][item] != 0) {
            run_track_add(track, frame->variables.singles + item, row->codes[STANDARD_PERCEPTION][item] - 1);
        }
    }
}

/* Takes a cell's value apart again; gives whether every code that must be is there. */
static bool cell_codes(const struct pair_joint *joint, uint64_t value, uint32_t top, const bool *optional, uint16_t *codes)
{
    bool whole = true;
    uint64_t rest = value;
    for (unsigned i = joint->arity; i-- > 0;) {
        codes[i] = (uint16_t)(rest % top);
        rest /= top;
        whole = whole && (codes[i] != 0 || optional[i]);
    }
    return whole;
}

static enum status joint_fill(struct ctx *ctx, const struct pair_joint *joint, const struct cell_list *list, uint32_t top,
                              const bool *optional, struct joint *out)
{
    struct joint_cell *cells = arena_array(ctx->arena, list->count + 1, sizeof *cells);
    if (cells == NULL) {
        return ctx_no_memory(ctx);
    }
    out->cells = cells;
    for (size_t i = 0; i < list->count; i++) {
        if (list->values[i] == 0) {
            continue;
        }
        struct joint_cell *cell = &cells[out->cell_count++];
        bool whole = cell_codes(joint, list->values[i], top, optional, cell->code);
        cell->sum = list->sums[i];
        out->respondents += whole ? list->sums[i].n : 0;
    }
    return STATUS_OK;
}

static uint32_t first_variable(const struct pair_frame *frame, enum joint_kind kind)
{
    return kind == JOINT_PAIRS ? frame->variables.pairs : kind == JOINT_ZONES ? frame->variables.zones : frame->variables.singles;
}

enum status pair_joint_finish(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame, struct pair_joint *joint,
                              const struct run_result *runs, struct joint **out)
{
    const struct study *study = frame->study;
    uint32_t items = study->item_count;
    size_t count = (size_t)joint->cells.group_count * items;
    bool single = joint->kind == JOINT_SINGLES;
    struct cell_list list = {.count = 0};
    cell_store_seal(&joint->cells);
    *out = arena_array(ctx->arena, count + 1, sizeof **out);
    if (*out == NULL) {
        return ctx_no_memory(ctx);
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t group = (uint32_t)(i / items);
        uint32_t item = (uint32_t)(i % items);
        struct joint *of_item = *out + i;
        if (cell_store_read(&joint->cells, group, item, scratch, &list) != STATUS_OK) {
            return ctx_no_memory(ctx);
        }
        bool optional[3];
        optional_codes(frame, joint->kind, item, optional);
        enum status status = joint_fill(ctx, joint, &list, frame->tops[item], optional, of_item);
        if (status != STATUS_OK) {
            return status;
        }
        uint32_t variable = first_variable(frame, joint->kind) + (single ? item : 2 * item);
        of_item->scale = &study->scales[study->items[item].scale];
        of_item->arity = joint->arity;
        of_item->respondents = run_result_respondents(runs, group, variable + (optional[0] ? 1 : 0), of_item->respondents);
        for (unsigned d = 0; d < (single ? 1 : 2); d++) {
            of_item->difference[d] = run_result_sums(runs, group, variable + d);
        }
    }
    return STATUS_OK;
}
