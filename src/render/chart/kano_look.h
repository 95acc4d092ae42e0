/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_CHART_KANO_LOOK_H
#define GAPMETER_RENDER_CHART_KANO_LOOK_H

#include "render/chart/item_map.h"

/* How one of Kano's categories is drawn and called. Grey print tells categories by where the dots lie; colours repeat it. */
struct kano_look {
    const char *category, *key; /* key: of its name */
    enum tone tone;
};

/* The look of the category in a column of the table of Kano's answers; of indifferent items where there is none. */
const struct kano_look *kano_look_of(const struct table *table, const struct row *row, const char *column);

/* Names the four quarters of a map of Kano's answers, and what filled and hollow dots are.
 * takes   certain  is anything known about how clear a category is? */
void kano_map_name(struct item_map *map, const struct document_head *head, bool certain);

#endif
