/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The statements and migrations that travel inside the program. Private to store/. */
#ifndef GAPMETER_STORE_SQL_TEXT_H
#define GAPMETER_STORE_SQL_TEXT_H

#include <stdint.h>

#include "base/text.h"
#include "model/embedded.h"

/* The files of a folder, sorted by name. */
struct sql_folder {
    const struct embedded_file *first;
    size_t count;
};

/* src/store/sql, and src/store/migrations. */
void sql_statements(struct sql_folder *out);
void sql_migrations(struct sql_folder *out);

/* The number of a statement: its place in the folder.
 * takes   name  of a file of src/store/sql, without .sql (assert) */
size_t sql_number(const struct sql_folder *statements, const char *name);

/* The text of a file.
 * needs   number below count */
struct span sql_text(const struct sql_folder *folder, size_t number);

#endif
