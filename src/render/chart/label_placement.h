/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_CHART_LABEL_PLACEMENT_H
#define GAPMETER_RENDER_CHART_LABEL_PLACEMENT_H

#include "render/chart/picture.h"

/* Where the labels of dots on a map stand so that none covers another label, a dot, or anything else that is there. */

struct label_box {
    double left, top, right, bottom;
};

/* A dot and the label it is to get. */
struct dot_label {
    struct point dot;
    double radius;
    double width, height; /* of the text */
    struct label_box box; /* found: where the text stands */
    struct point lead;    /* found: where on the box the line from the dot ends, when led */
    bool placed, led;     /* found: there was room; it stands apart from its dot, so that a line must lead to it */
};

/* What is there already. */
struct label_room {
    struct label_box whole;        /* labels stay inside it */
    const struct label_box *taken; /* [taken_count] words of the map itself */
    size_t taken_count;
    const struct label_box
        *shunned; /* [shunned_count] thin lines, which a label covers only when there is no other place near by */
    size_t shunned_count;
};

/* Finds a place for every label: beside its dot where there is room, else apart from it, with a line that leads to it and crosses
 * no label unless dots lie in a heap. The same dots get the same places each time; the most crowded choose first.
 * gives   box, lead, placed and led of each label; *all_placed when none is left without
 * cost    time count² × the places tried, a few hundred at most
 * fails   STATUS_MEMORY
 * proof   tests/render/label_placement_test.c */
enum status labels_place(struct ctx *ctx, const struct label_room *room, struct dot_label *labels, size_t count,
                         bool *all_placed) MUST_USE;

/* Do two boxes share any room? */
bool boxes_meet(const struct label_box *a, const struct label_box *b);

#endif
