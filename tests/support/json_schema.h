/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Enough of JSON Schema, draft 2020-12, to hold our schemas against the files that they describe. A keyword that is not known
 * here fails the test, so that none is passed over. */
#ifndef GAPMETER_TESTS_JSON_SCHEMA_H
#define GAPMETER_TESTS_JSON_SCHEMA_H

#include <jansson.h>
#include <stdbool.h>

enum { SCHEMAS_MAX = 4 };

/* Schemas that may refer to each other by their "$id". */
struct schemas {
    json_t *root[SCHEMAS_MAX];
    int count;
};

/* Reads a schema and adds it; fails the test when it cannot. */
void schemas_add(struct schemas *schemas, const char *path);

/* Frees them. */
void schemas_end(struct schemas *schemas);

/* Is the value as the schema of this "$id" demands? */
bool schemas_accept(const struct schemas *schemas, const char *id, json_t *value);

#endif
