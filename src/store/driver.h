/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a database must be able to do; private to store/. Everything above it (the *_rows files) is written once, in statements
 * that both SQLite and PostgreSQL take: src/store/sql/<name>.sql, one statement each, values bound as $1, $2, … in the order in
 * which they first stand there. A second driver is a second file like sqlite.c that passes tests/store/contract_test.c. */
#ifndef GAPMETER_STORE_DRIVER_H
#define GAPMETER_STORE_DRIVER_H

#include "base/uuid.h"
#include "store/store.h"

enum store_value_kind { VALUE_NULL, VALUE_INTEGER, VALUE_TEXT, VALUE_BYTES };

struct store_value {
    enum store_value_kind kind;
    int64_t integer;
    struct span bytes; /* TEXT and BYTES */
};

/* One row of a result; good until the callback returns. */
struct store_row {
    const struct store_value *columns;
    size_t count;
};

/* Values to bind, in order: STORE_VALUES(value_uuid(id), value_integer(7)). They last as long as the statement that makes them. */
struct store_values {
    const struct store_value *at;
    size_t count;
};
#define STORE_VALUES(...)                                                                                                        \
    ((struct store_values){(const struct store_value[]){__VA_ARGS__},                                                            \
                           sizeof((const struct store_value[]){__VA_ARGS__}) / sizeof(struct store_value)})

/* Runs a statement that gives no rows.
 * takes   name  of the file in sql/ without .sql; a name that does not exist is a programming mistake (assert)
 * gives   *changed  rows inserted, changed or deleted; NULL when it does not matter
 * fails   STATUS_INVALID when a constraint forbids it; STATUS_UNAVAILABLE (busy, disk full), STATUS_IO, STATUS_DATA, STATUS_MEMORY */
enum status store_run(struct ctx *ctx, struct store_session *session, const char *name, struct store_values values,
                      uint64_t *changed) MUST_USE;

/* Runs a statement and hands each row to `row`; a status other than STATUS_OK stops and is returned. */
enum status store_query(struct ctx *ctx, struct store_session *session, const char *name, struct store_values values,
                        enum status (*row)(struct ctx *ctx, void *state, const struct store_row *row), void *state) MUST_USE;

/* Values to bind. */
struct store_value value_integer(int64_t integer);
struct store_value value_string(const char *text); /* NULL binds null */
struct store_value value_span(struct span text);
struct store_value value_bytes(struct span bytes);
struct store_value value_uuid(const struct uuid *id); /* points at id; "none" binds null */

/* Columns read. A null text is NULL, a null id "none", a null integer 0. */
int64_t row_integer(const struct store_row *row, size_t column);
const char *row_text(struct ctx *ctx, const struct store_row *row,
                     size_t column); /* a copy in ctx->arena; NULL also without memory */
struct span row_bytes(struct ctx *ctx, const struct store_row *row, size_t column);
void row_uuid(const struct store_row *row, size_t column, struct uuid *out);

#endif
