/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/journey_marks.h"

#include <math.h>

#include "base/decimal.h"

struct journey_marks journey_marks_find(const struct study *study, const struct table *table, const uint32_t *drawn,
                                        uint32_t count)
{
    const struct scale *scale = &study->columns.journey.rating_scale;
    double middle = (decimal_to_double(scale->min) + decimal_to_double(scale->max)) / 2, farthest = -1;
    int64_t most = 0;
    struct journey_marks marks = {NULL, NULL, false};
    for (uint32_t i = 0; i < (drawn ? count : table->row_count); i++) {
        const struct row *row = &table->rows[drawn ? drawn[i] : i];
        const struct value *rating = table_value(table, row, "rating"), *last = table_value(table, row, "last");
        if (rating->kind == VALUE_NUMBER && fabs(rating->number - middle) >= farthest) {
            farthest = fabs(rating->number - middle);
            marks.peak = row;
            marks.low = rating->number < middle;
        }
        if (last->kind == VALUE_COUNT && last->count > 0 && last->count >= most) {
            most = last->count;
            marks.end = row;
        }
    }
    return marks;
}
