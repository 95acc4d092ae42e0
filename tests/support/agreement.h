/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many numbers against an oracle: each must agree to so many digits, and the test says how far the worst one did. */
#ifndef GAPMETER_TESTS_AGREEMENT_H
#define GAPMETER_TESTS_AGREEMENT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Start from {.name = "what is compared", .wanted = digits}. */
struct agreement {
    const char *name;
    double wanted;          /* digits that each number must have right */
    size_t count;           /* written by agreement_add */
    double fewest;          /* digits of the worst number */
    double worst, expected; /* that number */
};

/* Fails the test when fewer than `wanted` digits of actual agree with expected. */
void agreement_add(struct agreement *agreement, double actual, double expected);

/* The same against a member of a JSON object; null there means that there must be no value.
 * takes   defined  whether there is an actual value */
void agreement_add_member(struct agreement *agreement, bool defined, double actual, const json_t *object, const char *key);

/* Says "name: 101 numbers, all agree to 14.2 digits or more"; fails when nothing was compared. */
void agreement_print(const struct agreement *agreement);

/* A number of a JSON object; fails the test when it is not one. */
double member_number(const json_t *object, const char *key);

#endif
