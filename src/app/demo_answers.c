/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/demo_answers.h"

#include <math.h>

#include "base/chance.h"
#include "numeric/distribution.h"

#define ITEMS      22u
#define DIMENSIONS 5u
#define GUESTS     180u

/* The streams of chance: one for each kind of draw, so that no two share a number. */
enum stream {
    STREAM_GUEST = 1,
    STREAM_EXPECTATION,
    STREAM_PERCEPTION,
    STREAM_DIMENSION,
    STREAM_MISSING,
    STREAM_STAY,
    STREAM_OUTCOME,
    STREAM_LOSS,
    STREAM_DEPARTURE
};

/* Item levels and true gaps, in scale points: what docs/guide/demo.md lists. */
static const double item_level[ITEMS] = {0.1,  -0.2, -0.3, -0.1, 0.2, 0.3, 0.1, 0.3,  0.0,  0.1, -0.1,
                                         -0.2, 0.0,  0.1,  -0.1, 0.3, 0.1, 0.0, -0.3, -0.2, 0.1, -0.1};
static const double item_gap[ITEMS] = {0.0,  0.1, -0.25, 0.0, -0.2, -0.9, 0.0,  0.05, -0.1, -0.35, -0.75,
                                       -0.6, 0.0, 0.3,   0.0, 0.45, 0.0,  0.65, 0.1,  0.0,  -0.05, 0.25};
static const unsigned item_dimension[ITEMS] = {0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4};
static const double dimension_spread[DIMENSIONS] = {0.45, 0.9, 0.9, 0.85, 0.8}; /* sd of what one guest meets of each */
/* What a point less, and a point more, of each dimension goes with in satisfaction. */
static const double satisfaction_less[DIMENSIONS] = {0.10, 0.90, 0.60, 0.30, 0.15};
static const double satisfaction_more[DIMENSIONS] = {0.10, 0.35, 0.35, 0.30, 0.75};
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

/* One guest in eight never answers the second time. */
static bool guest_answers(uint64_t seed, unsigned guest)
{
    return chance_below(seed, STREAM_STAY, guest, 8) != 0;
}

static void perceptions_write(struct out *out, uint64_t seed, unsigned guest, double leniency)
{
    bool answered = guest_answers(seed, guest);
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

/* How much better or worse than usual a stay was, in points of satisfaction: shortfalls of reliability cost more than its
 * surpluses bring, and empathy the other way round. */
static double stay_worth(uint64_t seed, unsigned guest, double leniency)
{
    double worth = 0;
    for (unsigned d = 0; d < DIMENSIONS; d++) {
        double met = dimension_spread[d] * normal_draw(seed, STREAM_DIMENSION, (uint64_t)guest * DIMENSIONS + d) +
                     hotel_effect[guest_hotel(guest)] - 0.5 * leniency;
        worth += met * (met < 0 ? satisfaction_less[d] : satisfaction_more[d]);
    }
    return worth;
}

static double outcome_noise(uint64_t seed, unsigned guest, unsigned which)
{
    return normal_draw(seed, STREAM_OUTCOME, (uint64_t)guest * 4 + which);
}

static double rounded_within(double latent, double least, double most)
{
    return fmin(most, fmax(least, floor(latent + 0.5)));
}

/* Satisfaction 1 … 10, recommendation 0 … 10, better or worse than expected −3 … 3, bad service and a complaint 0 or 1; empty
 * for those who never answered. Whether they stayed away afterwards is known of everybody. */
static void outcomes_write(struct out *out, uint64_t seed, unsigned guest, double leniency)
{
    double worth = stay_worth(seed, guest, leniency), satisfied = 7 + 1.4 * worth + 0.8 * outcome_noise(seed, guest, 0);
    bool bad = satisfied < 5.8, complained = bad && chance_below(seed, STREAM_LOSS, (uint64_t)guest * 2, 10) < 4;
    bool left = chance_below(seed, STREAM_LOSS, (uint64_t)guest * 2 + 1, 100) < (bad ? 55 : 15);
    if (guest_answers(seed, guest))
        out_format(out, ",%.0f,%.0f,%.0f,%d,%d", rounded_within(satisfied, 1, 10),
                   rounded_within(satisfied + 0.4 + 0.9 * outcome_noise(seed, guest, 1), 0, 10),
                   rounded_within(0.8 * worth - 0.1 + 0.7 * outcome_noise(seed, guest, 2), -3, 3) + 0.0, bad, complained);
    else
        out_text(out, ",,,,,");
    out_format(out, ",%d", left);
}

/* Whom it draws to an early or a late day: poor stays were more frequent in the last weeks. */
static double departure_place(uint64_t seed, unsigned guest)
{
    double leniency = 0.5 * normal_draw(seed, STREAM_GUEST, guest);
    return normal_draw(seed, STREAM_DEPARTURE, guest) - 0.5 * stay_worth(seed, guest, leniency);
}

/* A day of the seventeen weeks from Monday, 2 March 2026; about as many guests leave in each. */
static void departure_write(struct out *out, const double places[GUESTS], unsigned guest)
{
    static const unsigned month_days[] = {31, 30, 31, 30};
    unsigned before = 0, month = 0;
    for (unsigned other = 0; other < GUESTS; other++)
        before += places[other] < places[guest];
    unsigned day = 1 + before * 119 / GUESTS; /* days after 1 March */
    while (day >= month_days[month])
        day -= month_days[month++];
    out_format(out, ",2026-%02u-%02u", month + 3, day + 1);
}

static void booking_write(struct out *out, uint64_t seed, unsigned guest)
{
    static const char *const channels[] = {"web", "phone", "agency"};
    out_format(out, ",%s", channels[chance_below(seed, STREAM_DEPARTURE, (uint64_t)GUESTS + guest, 10) * 3 / 10]);
}

static void header_write(struct out *out)
{
    out_text(out, "guest,hotel,purpose");
    for (unsigned j = 1; j <= ITEMS; j++)
        out_format(out, ",e%u", j);
    for (unsigned j = 1; j <= ITEMS; j++)
        out_format(out, ",p%u", j);
    out_text(out, ",points_tangibles,points_reliability,points_responsiveness,points_assurance,points_empathy");
    out_text(out, ",satisfaction,recommend,against_expectation,bad_service,complained,stayed_away,departure,booking\n");
}

void demo_answers_write(struct out *out, uint64_t seed)
{
    double places[GUESTS];
    for (unsigned guest = 0; guest < GUESTS; guest++)
        places[guest] = departure_place(seed, guest);
    header_write(out);
    for (unsigned guest = 0; guest < GUESTS; guest++) {
        double leniency = 0.5 * normal_draw(seed, STREAM_GUEST, guest);
        bool business = chance_below(seed, STREAM_STAY, GUESTS * (DIMENSIONS + 1u) + guest, 5) < 2;
        out_format(out, "%u,%s,%s", guest + 1, hotel_names[guest_hotel(guest)], business ? "business" : "leisure");
        expectations_write(out, seed, guest, leniency);
        perceptions_write(out, seed, guest, leniency);
        points_write(out, seed, guest);
        outcomes_write(out, seed, guest, leniency);
        departure_write(out, places, guest);
        booking_write(out, seed, guest);
        out_char(out, '\n');
    }
}
