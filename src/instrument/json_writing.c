/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/json_writing.h"

enum { NUMBER_DIGITS = 15, LINE_MOST = 120 };

void json_tree_begin(struct json_tree *tree)
{
    json_use_house_memory();
    tree->root = json_object();
    tree->failed = tree->root == NULL;
}

void json_put(struct json_tree *tree, json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        tree->failed = true;
}

void json_put_text(struct json_tree *tree, json_t *object, const char *key, const char *text)
{
    if (text != NULL)
        json_put(tree, object, key, json_string(text));
}

void json_put_decimal(struct json_tree *tree, json_t *object, const char *key, struct decimal number)
{
    while (number.places > 0 && number.units % 10 == 0) {
        number.units /= 10;
        number.places--;
    }
    json_put(tree, object, key, number.places == 0 ? json_integer(number.units) : json_real(decimal_to_double(number)));
}

static json_t *put_empty(struct json_tree *tree, json_t *object, const char *key, json_t *empty)
{
    json_put(tree, object, key, empty);
    return json_object_get(object, key);
}

json_t *json_put_object(struct json_tree *tree, json_t *object, const char *key)
{
    return put_empty(tree, object, key, json_object());
}

json_t *json_put_list(struct json_tree *tree, json_t *object, const char *key)
{
    return put_empty(tree, object, key, json_array());
}

void json_append(struct json_tree *tree, json_t *list, json_t *value)
{
    if (json_array_append_new(list, value) != 0)
        tree->failed = true;
}

void json_put_scale(struct json_tree *tree, json_t *object, const struct scale *scale)
{
    json_put_decimal(tree, object, "min", scale->min);
    json_put_decimal(tree, object, "max", scale->max);
    json_put_decimal(tree, object, "step", scale->step);
    if (scale->label_count == 0)
        return;
    json_t *labels = json_put_object(tree, object, "labels");
    for (uint32_t i = 0; i < scale->label_count; i++) {
        char point[32];
        struct decimal value = {scale->min.units + (int64_t)(scale->labels[i].code - 1) * scale->step.units, scale->min.places};
        decimal_format(value, point, sizeof point);
        json_put_text(tree, labels, point, scale->labels[i].text);
    }
}

/* A new object at the end of a list; NULL, and the tree failed, when memory ended: an object that found no place is gone. */
static json_t *append_object(struct json_tree *tree, json_t *list)
{
    json_t *object = json_object();
    if (json_array_append_new(list, object) == 0)
        return object;
    tree->failed = true;
    return NULL;
}

static void put_item(struct json_tree *tree, json_t *list, const struct written_questions *questions, uint32_t index)
{
    const struct item *item = &questions->items[index];
    json_t *object = append_object(tree, list);
    json_put_text(tree, object, "id", item->id);
    if (item->dimension != UINT32_MAX)
        json_put_text(tree, object, "dimension", questions->dimensions[item->dimension].id);
    json_put_text(tree, object, "scale", questions->scales[item->scale].id);
    json_put_text(tree, object, "text", item->text);
    if (item->reverse)
        json_put(tree, object, "reverse", json_true());
    if (questions->provenance != NULL)
        json_put_text(tree, object, "provenance", questions->provenance[index]);
}

void json_put_questions(struct json_tree *tree, json_t *object, const struct written_questions *questions)
{
    json_t *scales = json_put_object(tree, object, "scales");
    for (uint32_t i = 0; i < questions->scale_count; i++)
        json_put_scale(tree, json_put_object(tree, scales, questions->scales[i].id), &questions->scales[i]);
    json_t *dimensions = questions->dimension_count ? json_put_list(tree, object, "dimensions") : NULL;
    for (uint32_t i = 0; i < questions->dimension_count; i++) {
        json_t *dimension = append_object(tree, dimensions);
        json_put_text(tree, dimension, "id", questions->dimensions[i].id);
        json_put_text(tree, dimension, "title", questions->dimensions[i].title);
    }
    json_t *items = json_put_list(tree, object, "items");
    for (uint32_t i = 0; i < questions->item_count; i++)
        put_item(tree, items, questions, i);
}

static int write_piece(const char *text, size_t length, void *out)
{
    out_write(out, text, length);
    return 0;
}

/* Where the text in quotation marks that begins here ends: after the closing mark. */
static size_t quoted_end(struct span text, size_t at)
{
    for (at++; at < text.length && text.at[at] != '"'; at++)
        at += text.at[at] == '\\';
    return at < text.length ? at + 1 : text.length;
}

/* The bytes of the object or list that begins here, when it holds no other and they fit a line; else 0. */
static size_t flat_length(struct span text, size_t from, size_t indent)
{
    size_t at = from + 1;
    while (at < text.length && text.at[at] != '}' && text.at[at] != ']') {
        if (text.at[at] == '{' || text.at[at] == '[')
            return 0;
        at = text.at[at] == '"' ? quoted_end(text, at) : at + 1;
    }
    size_t length = at + 1 - from;
    return length <= 2 || indent + length <= LINE_MOST ? length : 0;
}

static void line_break(struct out *out, size_t depth)
{
    out_char(out, '\n');
    for (size_t i = 0; i < depth; i++)
        out_text(out, "  ");
}

/* Writes JSON that stands on one line over several: what is small keeps to a line of its own.
 * takes   text  as jansson writes it: ", " between members, ": " after keys */
static void lay_out(struct out *out, struct span text)
{
    size_t depth = 0, column = 0;
    for (size_t at = 0; at < text.length;) {
        char byte = text.at[at];
        bool opens = byte == '{' || byte == '[';
        size_t length = byte == '"' ? quoted_end(text, at) - at : 1;
        if (opens && depth > 0 && flat_length(text, at, 2 * depth + column))
            length = flat_length(text, at, 2 * depth + column);
        else if (byte == '}' || byte == ']')
            line_break(out, --depth);
        else if (opens)
            depth++;
        out_write(out, text.at + at, length);
        column += length;
        at += length;
        bool opened = opens && length == 1;
        if (opened || byte == ',') {
            line_break(out, depth);
            column = 0;
            at += byte == ',' && at < text.length && text.at[at] == ' ';
        }
    }
}

enum status json_tree_end(struct ctx *ctx, struct json_tree *tree, struct out *out)
{
    struct out *line = NULL;
    enum status status = out_open_memory(ctx, &line);
    size_t flags = JSON_REAL_PRECISION(NUMBER_DIGITS);
    bool written = !status && !tree->failed && json_dump_callback(tree->root, write_piece, line, flags) == 0;
    json_decref(tree->root);
    tree->root = NULL;
    if (!written)
        return ctx_no_memory(ctx);
    lay_out(out, out_bytes(line));
    out_char(out, '\n');
    return STATUS_OK;
}
