/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that are collected into an array. Private to store/. */
#ifndef GAPMETER_STORE_ROW_LIST_H
#define GAPMETER_STORE_ROW_LIST_H

#include "base/secret.h"
#include "store/driver.h"

/* An array that grows by doubling, in ctx->arena. */
struct row_list {
    size_t size_bytes; /* of one element; set by the caller */
    unsigned char *at; /* the rest is written by row_list_add */
    size_t count, room;
};

/* One more element, zeroed; NULL without memory. */
void *row_list_add(struct ctx *ctx, struct row_list *list);

/* A digest of a column; zeros where the column has another length. */
void row_digest(const struct store_row *row, size_t column, struct digest *out);

/* Bytes that are bound: a digest, which must outlive the call. */
struct store_value value_digest(const struct digest *digest);

/* Finds one row: *found says whether there was one. */
struct row_found {
    bool found;
    void *into;
};

#endif
