/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include <string.h>

#include "model/measure.h"

const struct released_table *report_table(const struct report_tables *tables, const char *measure)
{
    for (uint32_t i = 0; i < tables->count; i++) {
        const struct table *table = released_table_view(tables->tables[i]);
        if (table->by_count == 0 && strcmp(table->measure->name, measure) == 0)
            return tables->tables[i];
    }
    return NULL;
}
