/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a page of ours back: strict enough to find an element that is not closed, and to collect texts. */
#ifndef GAPMETER_TESTS_PAGE_READING_H
#define GAPMETER_TESTS_PAGE_READING_H

#include <stddef.h>

/* Fails the test, showing the place, unless every element of the page is closed in order, every attribute is quoted or bare, and
 * no "<", ">" or "&" stands alone. Void elements are meta. */
void page_assert_well_formed(const char *page);

/* How often a text occurs. */
size_t text_count(const char *page, const char *text);

#endif
