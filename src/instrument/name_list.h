/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of names that may be referred to, for looking up and for saying what would have been accepted. Private to instrument/. */
#ifndef GAPMETER_INSTRUMENT_NAME_LIST_H
#define GAPMETER_INSTRUMENT_NAME_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Names in the order in which they were given. */
struct name_list {
    const char *const *at;
    uint32_t count;
};

/* The index of a name, or UINT32_MAX. */
uint32_t name_list_find(struct name_list names, const char *name);

/* The one name that a person who wrote this most likely meant: at most a third of its letters differ (case not counted);
 * NULL when there is none or when two are equally near. */
const char *name_list_nearest(struct name_list names, const char *name);

/* "a, b, c", or "a, b, c and 12 more" when they do not all fit; "none" of an empty list. Then, when a nearest name is known:
 * ". Did you mean "b"?", else ".".
 * takes   wrong  what was written; NULL: no guess is made
 *         into   at least 256 bytes */
void name_list_format(struct name_list names, const char *wrong, char *into, size_t size);

#endif
