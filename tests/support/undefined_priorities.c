/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/undefined_case.h"

#include <stddef.h>

#define SATISFACTION "\"outcomes\": {\"satisfaction\": {\"column\": \"sat\", \"min\": 1, \"max\": 10}}"
#define RATING       "\"importance\": {\"kind\": \"rating\", \"scale\": {\"min\": 1, \"max\": 7}, \"columns\": \"i{n}\"}"
#define GOT          "\"perception\": \"p{n}\""
#define ZONE         "\"perception\": \"p{n}\", \"minimum\": \"m{n}\", \"desired\": \"d{n}\""

#define MARKS "p1 1*9 3*9 4*2 5*10 6*10 7*20; p2 1*5 7*5 5*5 3*5 6*10; p3 7*7 1*3 5*8 4*4 6*6; p4 1 7 6 5 5 7 3 1 2 6 6; "

const struct undefined_case undefined_priorities[] = {
    {.name = "constant satisfaction",
     .people = 120,
     .standards = GOT,
     .columns = SATISFACTION,
     .cells = MARKS "sat 4",
     .expected = {{"penalty_reward", "q1", NULL, "penalty", "no_variance"},
                  {"penalty_reward", "q1", NULL, "class", "no_variance"},
                  {"tetraclasse", "q1", NULL, "class", "no_variance"},
                  {"importance_performance", "q1", NULL, "importance", "no_variance"}}},
    {.name = "nobody said how satisfied",
     .people = 120,
     .standards = GOT,
     .columns = SATISFACTION,
     .cells = MARKS "sat _",
     .expected = {{"penalty_reward", "q1", NULL, "penalty", "no_pairs"},
                  {"tetraclasse", "q1", NULL, "class", "no_pairs"},
                  {"importance_performance", "q1", NULL, "importance", "too_few"},
                  {"delight_agreement", "q1", NULL, "verdict", "too_few"}}},
    {.name = "all items the same",
     .people = 120,
     .standards = GOT,
     .columns = SATISFACTION,
     .cells =
         "p1 1*9 3*9 4*2 5*10 6*10 7*20; p2 1*9 3*9 4*2 5*10 6*10 7*20; p3 1*9 3*9 4*2 5*10 6*10 7*20; p4 1*9 3*9 4*2 5*10 6*10 "
         "7*20; sat 3 5 8 2 9 7",
     .expected = {{"penalty_reward", "q1", NULL, "regression", "'single"},
                  {"importance_performance", "q1", NULL, "importance", "singular"},
                  {"importance_performance", "q1", NULL, "quadrant", "singular"}}},
    {.name = "nobody gave a bad mark",
     .people = 120,
     .standards = GOT,
     .columns = SATISFACTION,
     .cells = "p1 5 6 7; p2 1*5 7*5 5*5 3*5 6*10; p3 7; p4 1 7 6 5 5 7 3 1 2 6 6; sat 3 5 8 2 9 7 10 1 4",
     .expected = {{"tetraclasse", "q1", NULL, "class", "too_few"},
                  {"penalty_reward", "q1", NULL, "penalty", "too_few"},
                  {"penalty_reward", "q3", NULL, "penalty", "too_few"}}},
    {.name = "fewer people than items",
     .people = 4,
     .standards = GOT,
     .columns = SATISFACTION,
     .cells = "p1 5 6 7 2; p2 1 3 6 6; p3 7 2 1 5; p4 1 7 6 5; sat 3 5 8 2",
     .expected = {{"importance_performance", "q1", NULL, "importance", "too_few"},
                  {"importance_performance", "q1", NULL, "settled_share", "too_few"},
                  {"penalty_reward", "q1", NULL, "reward", "too_few"}}},
    {.name = "nobody rated importance",
     .columns = RATING,
     .cells = "i1 _; i2 _; i3 _; i4 _",
     .expected = {{"importance_performance", "q1", NULL, "quadrant", "no_pairs"},
                  {"ipga", "q1", NULL, "quadrant", "no_pairs"},
                  {"gap_priority", "q1", NULL, "priority", "no_pairs"}}},
    {.name = "everything is equally important and equally good",
     .columns = RATING,
     .cells = "i1 4; i2 4; i3 4; i4 4; p1 5; p2 5; p3 5; p4 5; e1 6; e2 6; e3 6; e4 6",
     .expected = {{"importance_performance", "q1", NULL, "quadrant", "'borderline"},
                  {"importance_performance", "q1", NULL, "settled_share", "=1"},
                  {"ipga", "q1", NULL, "relative_performance", "no_variance"},
                  {"gap_priority", "q1", NULL, "priority", "=1"},
                  {"gap_priority", "q4", NULL, "priority", "=1"}}},
    {.name = "every minimum above its wish",
     .people = 60,
     .standards = ZONE,
     .columns = SATISFACTION,
     .cells = "m1 6; d1 3; m2 4; d2 6; p1 1 4 7; p2 2 5 7; m3 3; d3 4; p3 4; m4 3; d4 4; p4 5 3 2; sat 3 5 8 2",
     .expected = {{"zone_delight", "q1", NULL, "delight_share", "no_pairs"},
                  {"zone_delight", "q1", NULL, "n_inverted", "=60"},
                  {"zone_delight", "q3", NULL, "lift", "too_few"},
                  {"zone_delight", "q3", NULL, "service_share", "=1"}}},
    {.name = NULL},
};
