/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/chart/label_placement.h"

#include <math.h>

#define BESIDE 3.0 /* pixels between a dot and the label beside it */

/* How far apart a label may stand, in steps, and in how many directions it is tried. */
enum { DIRECTIONS = 24, RINGS = 9, RINGS_NEAR = 4 };

#define NO_PLACE SIZE_MAX

static const double ring_px[RINGS] = {14, 20, 28, 38, 50, 66, 86, 110, 140};

/* The eight places beside a dot, the best first: which way the label goes. */
static const struct {
    int x, y;
} beside[] = {{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -1}, {-1, -1}, {1, 1}, {-1, 1}};

struct placing {
    const struct label_room *room;
    struct dot_label *labels;
    size_t count;
    size_t *order;    /* [count] which label chooses when */
    bool leads_cross; /* the last labels of a crowd have no other choice */
};

bool boxes_meet(const struct label_box *a, const struct label_box *b)
{
    return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

static struct label_box dot_box(const struct dot_label *label)
{
    double r = label->radius;
    return (struct label_box){label->dot.x - r, label->dot.y - r, label->dot.x + r, label->dot.y + r};
}

/* Does the line from a to b run through the box? Its part inside is cut down side by side (Liang and Barsky). */
static bool line_meets(struct point a, struct point b, const struct label_box *box)
{
    const double step[] = {a.x - b.x, b.x - a.x, a.y - b.y, b.y - a.y};
    const double left[] = {a.x - box->left, box->right - a.x, a.y - box->top, box->bottom - a.y};
    double from = 0, to = 1;
    for (size_t i = 0; i < 4; i++) {
        double at = fabs(step[i]) > 0 ? left[i] / step[i] : left[i] < 0 ? HUGE_VAL : -HUGE_VAL;
        if (step[i] < 0)
            from = fmax(from, at);
        else if (step[i] > 0)
            to = fmin(to, at);
        else if (left[i] < 0)
            return false;
    }
    return from < to;
}

/* The point of a box that is nearest to a dot. */
static struct point box_nearest(const struct label_box *box, struct point dot)
{
    return (struct point){fmin(fmax(dot.x, box->left), box->right), fmin(fmax(dot.y, box->top), box->bottom)};
}

/* Is there room for the box of label `own`, among dots, words and the labels that chose before? */
static bool box_is_free(const struct placing *placing, size_t own, const struct label_box *box)
{
    const struct label_box *whole = &placing->room->whole;
    if (box->left < whole->left || box->right > whole->right || box->top < whole->top || box->bottom > whole->bottom)
        return false;
    for (size_t i = 0; i < placing->room->taken_count; i++)
        if (boxes_meet(box, &placing->room->taken[i]))
            return false;
    for (size_t i = 0; i < placing->count; i++) {
        const struct dot_label *other = &placing->labels[i];
        struct label_box dot = dot_box(other);
        if (boxes_meet(box, &dot) || (i != own && other->placed && boxes_meet(box, &other->box)))
            return false;
        if (i != own && other->led && !placing->leads_cross && line_meets(other->dot, other->lead, box))
            return false;
    }
    return true;
}

/* Does the line that leads to a label keep clear of the labels that are there? */
static bool lead_is_free(const struct placing *placing, size_t own, struct point lead)
{
    for (size_t i = 0; i < placing->room->taken_count; i++)
        if (line_meets(placing->labels[own].dot, lead, &placing->room->taken[i]))
            return false;
    for (size_t i = 0; i < placing->count; i++)
        if (i != own && placing->labels[i].placed && line_meets(placing->labels[own].dot, lead, &placing->labels[i].box))
            return false;
    return true;
}

/* How many lines a box covers. */
static size_t lines_covered(const struct label_room *room, const struct label_box *box)
{
    size_t count = 0;
    for (size_t i = 0; i < room->shunned_count; i++)
        count += boxes_meet(box, &room->shunned[i]);
    return count;
}

/* The box of a label whose middle stands so far from its dot. */
static struct label_box box_at(const struct dot_label *label, double x, double y)
{
    double left = label->dot.x + x - label->width / 2, top = label->dot.y + y - label->height / 2;
    return (struct label_box){left, top, left + label->width, top + label->height};
}

/* The place beside the dot that covers the fewest lines.
 * gives   *box; how many lines that are, NO_PLACE when there is no room */
static size_t place_beside(const struct placing *placing, size_t own, struct label_box *best)
{
    const struct dot_label *label = &placing->labels[own];
    size_t fewest = NO_PLACE;
    for (size_t i = 0; i < sizeof beside / sizeof *beside && fewest > 0; i++) {
        /* At a corner of the dot, not of its square. */
        double away = label->radius + BESIDE, across = beside[i].y ? BESIDE : away;
        struct label_box box = box_at(label, beside[i].x * (across + label->width / 2), beside[i].y * (away + label->height / 2));
        size_t covered = box_is_free(placing, own, &box) ? lines_covered(placing->room, &box) : NO_PLACE;
        if (covered < fewest) {
            fewest = covered;
            *best = box;
        }
    }
    return fewest;
}

/* Apart from the dot: on rings around it, beginning to its right.
 * takes   most  lines that it may cover */
static bool place_apart(const struct placing *placing, size_t own, size_t rings, size_t most)
{
    struct dot_label *label = &placing->labels[own];
    for (size_t i = 0; i < rings * DIRECTIONS; i++) {
        double angle = 2 * acos(-1) * (double)(i % DIRECTIONS) / DIRECTIONS, away = label->radius + ring_px[i / DIRECTIONS];
        struct label_box box = box_at(label, cos(angle) * (away + label->width / 2), sin(angle) * (away + label->height / 2));
        struct point lead = box_nearest(&box, label->dot);
        if (!box_is_free(placing, own, &box) || lines_covered(placing->room, &box) > most)
            continue;
        if (!placing->leads_cross && !lead_is_free(placing, own, lead))
            continue;
        label->box = box;
        label->lead = lead;
        label->placed = label->led = true;
        return true;
    }
    return false;
}

/* Beside the dot without covering a line; else not far from it; else beside it on a line; else where there is room at all. */
static void label_place(const struct placing *placing, size_t own)
{
    struct dot_label *label = &placing->labels[own];
    struct label_box box;
    size_t covered = place_beside(placing, own, &box);
    if (covered > 0 && place_apart(placing, own, RINGS_NEAR, 0))
        return;
    if (covered == NO_PLACE) {
        struct placing last = *placing;
        last.leads_cross = true;
        (void)(place_apart(placing, own, RINGS, SIZE_MAX) || place_apart(&last, own, RINGS, SIZE_MAX));
        return;
    }
    label->box = box;
    label->placed = true;
}

/* How many dots are so near that their labels may want the same room. */
static size_t crowd_of(const struct placing *placing, size_t own)
{
    const struct dot_label *label = &placing->labels[own];
    size_t crowd = 0;
    for (size_t i = 0; i < placing->count; i++) {
        const struct dot_label *other = &placing->labels[i];
        crowd += fabs(other->dot.x - label->dot.x) < label->width + 2 * label->radius &&
                 fabs(other->dot.y - label->dot.y) < label->height + 2 * label->radius;
    }
    return crowd;
}

/* The most crowded first; of equals in their order. */
static void order_make(const struct placing *placing, size_t *crowds)
{
    for (size_t i = 0; i < placing->count; i++) {
        size_t at = i;
        crowds[i] = crowd_of(placing, i);
        for (; at > 0 && crowds[placing->order[at - 1]] < crowds[i]; at--)
            placing->order[at] = placing->order[at - 1];
        placing->order[at] = i;
    }
}

enum status labels_place(struct ctx *ctx, const struct label_room *room, struct dot_label *labels, size_t count, bool *all_placed)
{
    size_t *order = arena_array(ctx->arena, 2 * count + 1, sizeof *order);
    if (!order)
        return ctx_no_memory(ctx);
    const struct placing placing = {.room = room, .labels = labels, .count = count, .order = order};
    for (size_t i = 0; i < count; i++)
        labels[i].placed = labels[i].led = false;
    order_make(&placing, order + count);
    *all_placed = true;
    for (size_t i = 0; i < count; i++) {
        label_place(&placing, order[i]);
        *all_placed &= labels[order[i]].placed;
    }
    return STATUS_OK;
}
