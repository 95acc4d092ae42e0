/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>

#include "formats/csv_crew.h"
#include "formats/csv_hand.h"
#include "formats/csv_read.h"
#include "formats/csv_row.h"

/* A row about an encounter that another row was about. Rows are cited, never a person's key. */
static enum status duplicate(struct csv_reader *reader, const struct csv_identity *identity, const struct answers_row *row)
{
    const struct csv_plan *plan = reader->plan;
    bool by_encounter = plan->encounter != CSV_NO_COLUMN;
    char accepted[160];
    (void)snprintf(accepted, sizeof accepted, "one row each; the first is row %" PRIu64 "%s",
                   csv_identity_line(identity, row->encounter),
                   by_encounter ? "" : "; for repeated visits, name a column as encounter in the study file");
    return csv_reader_problem(reader, PROBLEM_DUPLICATE, by_encounter ? plan->encounter : plan->respondent,
                              (struct span){NULL, 0}, accepted);
}

enum status csv_wide_row(struct csv_reader *reader, struct csv_identity *identity)
{
    struct answers_row row;
    bool good, fresh;
    enum status status = csv_identity_find(reader, identity, &row, &good, &fresh);
    if (status != STATUS_OK || !good)
        return status;
    if (!fresh)
        return duplicate(reader, identity, &row);
    status = csv_row_answers(reader, reader->plan, &row);
    return status == STATUS_OK ? csv_row_of_encounter(reader, reader->plan, &row, true) : status;
}

enum status csv_read_wide(struct csv_reader *reader)
{
    struct csv_identity *identity;
    enum status status = csv_identity_create(reader->ctx, &identity);
    if (status == STATUS_OK && reader->path == CSV_PATH_FASTEST && csv_hand_suits(reader))
        return csv_crew_read(reader, identity);
    bool more = true;
    while (status == STATUS_OK && more) {
        status = csv_reader_next(reader, &more);
        if (status == STATUS_OK && more)
            status = csv_wide_row(reader, identity);
    }
    return status;
}
