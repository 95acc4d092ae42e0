/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_INTERVAL_H
#define GAPMETER_NUMERIC_INTERVAL_H

/* The two ends of an interval: low <= high, both finite. */
struct interval {
    double low, high;
};

#endif
