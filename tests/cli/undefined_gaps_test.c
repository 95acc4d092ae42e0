/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "No number where none exists": figures of items, dimensions, zones and importance. */
#include "support/undefined_trial.h"

int main(void)
{
    return undefined_trials_run(undefined_gaps);
}
