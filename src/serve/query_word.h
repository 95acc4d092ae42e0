/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_SERVE_QUERY_WORD_H
#define GAPMETER_SERVE_QUERY_WORD_H

#include <stdbool.h>

/* A word that the address of a route without an operation may hold after "?". */
struct query_word {
    const char *name, *meaning;
    const char *type;    /* of JSON Schema: "string", "integer", "number" */
    const char *example; /* a value that is accepted */
    bool repeats;
};

#endif
