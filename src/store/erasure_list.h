/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who was erased: ids alone, which say nothing of a person. Private to store/. */
#ifndef GAPMETER_STORE_ERASURE_LIST_H
#define GAPMETER_STORE_ERASURE_LIST_H

#include "base/uuid.h"
#include "store/store.h"

struct erased {
    struct uuid study, respondent;
};

/* The list of a store. */
enum status erasure_list_of(struct ctx *ctx, struct store_session *session, struct erased **out, size_t *count) MUST_USE;

/* The list beside a store, in PATH.erased; empty when there is no such file.
 * fails   STATUS_DATA when the file holds anything else */
enum status erasure_file_read(struct ctx *ctx, const char *path, struct erased **out, size_t *count) MUST_USE;

/* Writes the list beside a store, whole. */
enum status erasure_file_write(struct ctx *ctx, const char *path, const struct erased *list, size_t count) MUST_USE;

#endif
