/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a JSON file may hold, as tables, and values read under such a table. Private to instrument/. */
#ifndef GAPMETER_INSTRUMENT_JSON_CHECKING_H
#define GAPMETER_INSTRUMENT_JSON_CHECKING_H

#include "base/decimal.h"
#include "instrument/json_reading.h"
#include "instrument/name_list.h"

/* Kinds of values, as a set. */
enum json_kind {
    KIND_TEXT = 1u << 0,
    KIND_WHOLE = 1u << 1,  /* a whole number */
    KIND_NUMBER = 1u << 2, /* any number */
    KIND_TRUTH = 1u << 3,  /* true or false */
    KIND_OBJECT = 1u << 4,
    KIND_LIST = 1u << 5,
    KIND_NULL = 1u << 6
};

/* One member that an object may hold. */
struct json_member {
    const char *name;
    unsigned kinds; /* set of enum json_kind */
    bool required;
};

/* All members of a kind of object; "note" is always allowed and need not be listed. */
struct json_members {
    const struct json_member *at;
    size_t count;
};

/* Checks the kind of one value. */
enum status json_check_kind(struct ctx *ctx, const struct json_node *node, unsigned kinds) MUST_USE;

/* Checks that a value is an object with all members that are required and no others than those listed, each of its kind. */
enum status json_check_object(struct ctx *ctx, const struct json_node *node, struct json_members members) MUST_USE;

/* A text of at most TITLE_BYTES_MAX; line breaks and tabs are the only control bytes allowed.
 * gives   *out  a trimmed copy in ctx->arena
 * fails   STATUS_CONFIG, also when nothing is left after trimming */
enum status json_read_text(struct ctx *ctx, const struct json_node *node, const char **out) MUST_USE;

/* The text of a member, or the default when the object has none (or null). */
enum status json_read_text_member(struct ctx *ctx, const struct json_node *object, const char *key, const char *otherwise,
                                  const char **out) MUST_USE;

/* The key by which a node stands in its object, under the same rules as json_read_name. */
enum status json_read_key(struct ctx *ctx, const struct json_node *node, const char **out) MUST_USE;

/* An id: as json_read_text, on one line and at most NAME_BYTES_MAX. */
enum status json_read_name(struct ctx *ctx, const struct json_node *node, const char **out) MUST_USE;

/* One word of a closed list.
 * takes   what  "a kind of expectation": how the sentence calls the list
 * gives   *out  its index */
enum status json_read_word(struct ctx *ctx, const struct json_node *node, const char *what, struct name_list words,
                           uint32_t *out) MUST_USE;

/* true or false of a member, or the default. */
bool json_truth_member(const struct json_node *object, const char *key, bool otherwise);

/* A number as an exact decimal of at most 15 digits. */
enum status json_read_decimal(struct ctx *ctx, const struct json_node *node, struct decimal *out) MUST_USE;

/* Fails when a list or object holds more than the limit.
 * takes   what  "items" */
enum status json_check_count(struct ctx *ctx, const struct json_node *node, size_t limit, const char *what) MUST_USE;

/* A name that is not in its list: says so, lists the names and guesses what was meant.
 * takes   what  "a scale of this study" */
enum status json_fail_unknown(struct ctx *ctx, const struct json_node *node, const char *wrong, const char *what,
                              struct name_list names) MUST_USE;

#endif
