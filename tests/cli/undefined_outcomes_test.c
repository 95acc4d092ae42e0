/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "No number where none exists": what was asked beside the items. */
#include "support/undefined_trial.h"

int main(void)
{
    return undefined_trials_run(undefined_outcomes);
}
