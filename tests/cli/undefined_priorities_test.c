/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "No number where none exists": importance, priorities, service and delight. */
#include "support/undefined_trial.h"

int main(void)
{
    return undefined_trials_run(undefined_priorities);
}
