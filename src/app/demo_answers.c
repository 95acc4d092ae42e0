/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/demo_answers.h"

#include <math.h>

#include "base/chance.h"
#include "numeric/distribution.h"

#define ITEMS      22u
#define DIMENSIONS 5u
#define GUESTS     180u

/* The streams of chance: one for each kind of draw, so that no two share a number. */
enum stream { STREAM_GUEST = 1, STREAM_EXPECTATION, STREAM_PERCEPTION, STREAM_DIMENSION, STREAM_MISSING, STREAM_STAY };

/* Item levels and true gaps, in scale points: what docs/guide/demo.md lists. */
static const double item_level[ITEMS] = {0.1,  -0.2, -0.3, -0.1, 0.2, 0.3, 0.1, 0.3,  0.0,  0.1, -0.1,
                                         -0.2, 0.0,  0.1,  -0.1, 0.3, 0.1, 0.0, -0.3, -0.2, 0.1, -0.1};
static const double item_gap[ITEMS] = {0.0,  0.1, -0.25, 0.0, -0.2, -0.9, 0.0,  0.05, -0.1, -0.35, -0.75,
                                       -0.6, 0.0, 0.3,   0.0, 0.45, 0.0,  0.65, 0.1,  0.0,  -0.05, 0.25};
static const unsigned item_dimension[ITEMS] = {0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4};
static const double dimension_spread[DIMENSIONS] = {0.45, 0.9, 0.9, 0.85, 0.8}; /* sd of what one guest meets of each */
static const char *const hotel_names[] = {"Aalesund", "Bergen", "Oslo", "Tromso", "Molde", "Vardo"};
static const double hotel_effect[] = {0.1, -0.3, 0.0, 0.25, 0.0, 0.0};
static const unsigned hotel_last[] = {42, 84, 130, 168, 177, GUESTS}; /* guests below it stay in this hotel */

static double normal_draw(uint64_t seed, enum stream stream, uint64_t index)
{
    return normal_quantile_upper(chance_uniform(seed, (uint64_t)stream, index));
}

static unsigned guest_hotel(unsigned guest)
{
    unsigned hotel = 0;
    while (guest >= hotel_last[hotel])
        hotel++;
    return hotel;
}

/* One cell: a skipped one is empty, "n/a" does not apply. */
static void answer_write(struct out *out, uint64_t seed, uint64_t index, double latent)
{
    uint64_t fate = chance_below(seed, STREAM_MISSING, index, 100);
    double rounded = fmin(7, fmax(1, floor(latent + 0.5)));
    if (fate < 2)
        out_char(out, ',');
    else if (fate == 2)
        out_text(out, ",n/a");
    else
        out_format(out, ",%.0f", rounded);
}

static void expectations_write(struct out *out, uint64_t seed, unsigned guest, double leniency)
{
    for (unsigned j = 0; j < ITEMS; j++) {
        uint64_t index = (uint64_t)guest * ITEMS + j;
        double latent = 5.7 + item_level[j] + leniency + 0.7 * normal_draw(seed, STREAM_EXPECTATION, index);
        answer_write(out, seed, index, latent);
    }
}

static void perceptions_write(struct out *out, uint64_t seed, unsigned guest, double leniency)
{
    bool answered = chance_below(seed, STREAM_STAY, guest, 8) != 0;
    double effect = hotel_effect[guest_hotel(guest)];
    for (unsigned j = 0; j < ITEMS; j++) {
        uint64_t index = (uint64_t)guest * ITEMS + j;
        double dimension = dimension_spread[item_dimension[j]] *
                           normal_draw(seed, STREAM_DIMENSION, (uint64_t)guest * DIMENSIONS + item_dimension[j]);
        double noise = 0.8 * normal_draw(seed, STREAM_PERCEPTION, index);
        double latent = 5.7 + item_level[j] + item_gap[j] + effect + 0.5 * leniency + dimension + noise;
        if (answered)
            answer_write(out, seed, (uint64_t)GUESTS * ITEMS + index, latent);
        else
            out_char(out, ',');
    }
}

/* 100 points over five dimensions in steps of five, the last taking the rest. */
static void points_write(struct out *out, uint64_t seed, unsigned guest)
{
    static const unsigned least[DIMENSIONS - 1] = {5, 25, 15, 10}; /* at most 95 with what is added */
    unsigned rest = 100;
    for (unsigned d = 0; d + 1 < DIMENSIONS; d++) {
        unsigned points = least[d] + 5 * (unsigned)chance_below(seed, STREAM_STAY, GUESTS + guest * DIMENSIONS + d, 3);
        rest -= points;
        out_format(out, ",%u", points);
    }
    out_format(out, ",%u", rest);
}

static void header_write(struct out *out)
{
    out_text(out, "guest,hotel,purpose");
    for (unsigned j = 1; j <= ITEMS; j++)
        out_format(out, ",e%u", j);
    for (unsigned j = 1; j <= ITEMS; j++)
        out_format(out, ",p%u", j);
    out_text(out, ",points_tangibles,points_reliability,points_responsiveness,points_assurance,points_empathy\n");
}

void demo_answers_write(struct out *out, uint64_t seed)
{
    header_write(out);
    for (unsigned guest = 0; guest < GUESTS; guest++) {
        double leniency = 0.5 * normal_draw(seed, STREAM_GUEST, guest);
        bool business = chance_below(seed, STREAM_STAY, GUESTS * (DIMENSIONS + 1u) + guest, 5) < 2;
        out_format(out, "%u,%s,%s", guest + 1, hotel_names[guest_hotel(guest)], business ? "business" : "leisure");
        expectations_write(out, seed, guest, leniency);
        perceptions_write(out, seed, guest, leniency);
        points_write(out, seed, guest);
        out_char(out, '\n');
    }
}
