/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Builds a JSON tree and writes it. One failed allocation makes the whole tree fail, at its end. Private to instrument/. */
#ifndef GAPMETER_INSTRUMENT_JSON_WRITING_H
#define GAPMETER_INSTRUMENT_JSON_WRITING_H

#include "base/decimal.h"
#include "base/out.h"
#include "instrument/json_reading.h"
#include "instrument/name_list.h"
#include "model/collection.h"
#include "model/study.h"

struct json_tree {
    json_t *root;
    bool failed; /* an allocation did; written by json_put and json_append */
};

/* An empty object to be filled. */
void json_tree_begin(struct json_tree *tree);

/* Puts a member into an object; takes the value over. A NULL value is a failed allocation. */
void json_put(struct json_tree *tree, json_t *object, const char *key, json_t *value);

/* Puts a text, unless it is NULL. */
void json_put_text(struct json_tree *tree, json_t *object, const char *key, const char *text);

/* Puts an exact number. */
void json_put_decimal(struct json_tree *tree, json_t *object, const char *key, struct decimal number);

/* Puts a new empty object, or list, and gives it; borrowed. */
json_t *json_put_object(struct json_tree *tree, json_t *object, const char *key);
json_t *json_put_list(struct json_tree *tree, json_t *object, const char *key);

/* Adds an element to a list; takes the value over. */
void json_append(struct json_tree *tree, json_t *list, json_t *value);

/* Puts min, max, step and labels of a scale. */
void json_put_scale(struct json_tree *tree, json_t *object, const struct scale *scale);

/* Scales, dimensions and items, as question_set_read reads them. */
struct written_questions {
    const struct scale *scales;
    uint32_t scale_count;
    const struct dimension *dimensions;
    uint32_t dimension_count;
    const struct item *items;
    uint32_t item_count;
    const char *const *provenance; /* NULL: not written */
};

/* Puts scales, dimensions and items. */
void json_put_questions(struct json_tree *tree, json_t *object, const struct written_questions *questions);

/* Puts "stems", unless there is none.
 * takes   stems  [STEM_COUNT] */
void json_put_stems(struct json_tree *tree, json_t *object, const char *const *stems);

/* Puts "translations" by language, unless there are none.
 * takes   translations  those of a language stand together */
void json_put_translations(struct json_tree *tree, json_t *object, const struct translation *translations, uint32_t count);

/* Puts "collection" of a study, unless it has none, as collection_read reads it. */
void json_put_collection(struct json_tree *tree, json_t *object, const struct study *study);

/* Writes the tree, with a line break at its end, and frees it. An object or list that holds no other and fits a line
 * stands on one; all else has a line for each member.
 * fails   STATUS_MEMORY when building or writing it took more than there was */
enum status json_tree_end(struct ctx *ctx, struct json_tree *tree, struct out *out) MUST_USE;

#endif
