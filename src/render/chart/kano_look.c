/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/chart/kano_look.h"

#include "model/words.h"
#include "render/chart/row_frame.h"

static const struct kano_look looks[] = {{"must-be", "chart.kano.must_be", TONE_SECOND},
                                         {"one-dimensional", "chart.kano.one_dimensional", TONE_FIRST},
                                         {"attractive", "chart.kano.attractive", TONE_THIRD},
                                         {"reverse", "chart.kano.reverse", TONE_FOURTH},
                                         {"questionable", "chart.kano.questionable", TONE_UNDECIDED},
                                         {"indifferent", "chart.kano.indifferent", TONE_UNDECIDED}};

const struct kano_look *kano_look_of(const struct table *table, const struct row *row, const char *column)
{
    size_t last = sizeof looks / sizeof *looks - 1;
    for (size_t i = 0; i < last; i++)
        if (cell_is(table, row, column, looks[i].category))
            return &looks[i];
    return &looks[last];
}

void kano_map_name(struct item_map *map, const struct document_head *head, bool certain)
{
    map->fields[FIELD_LEFT_TOP] = words_or_english(head->language, "chart.kano.attractive");
    map->fields[FIELD_RIGHT_TOP] = words_or_english(head->language, "chart.kano.one_dimensional");
    map->fields[FIELD_LEFT_BOTTOM] = words_or_english(head->language, "chart.kano.indifferent");
    map->fields[FIELD_RIGHT_BOTTOM] = words_or_english(head->language, "chart.kano.must_be");
    map->legends[0] = certain ? words_or_english(head->language, "chart.kano.filled") : "";
    map->legends[1] = words_or_english(head->language, "chart.kano.hollow");
}
