/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/record_file.h"

#include <stdio.h>

#include "base/limits.h"
#include "formats/reading.h"

enum status record_file_read(struct ctx *ctx, const char *path, struct sample *out)
{
    enum status status = answers_sample(ctx, path, RECORDS_MAX, out);
    if (status)
        return status;
    struct place place = {.row = 0};
    (void)snprintf(place.file, sizeof place.file, "%s", path);
    if (!out->whole)
        return ctx_fail(ctx, STATUS_DATA, &place,
                        "The file has more than %u rows, or a row that does not end; cut it into pieces.", RECORDS_MAX);
    if (out->row_count == 0)
        return ctx_fail(ctx, STATUS_DATA, &place, "The file has a header and no rows.");
    return STATUS_OK;
}

struct span record_cell(const struct sample *records, uint32_t row, uint32_t column)
{
    return records->cells[(size_t)row * records->column_count + column];
}

uint32_t record_column(const struct sample *records, const char *header)
{
    for (uint32_t i = 0; i < records->column_count; i++) {
        if (span_equal_caseless(records->headers[i], span_of(header)))
            return i;
    }
    return UINT32_MAX;
}
