/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "No number where none exists": customers lost with bad service. */
#include "support/undefined_trial.h"

int main(void)
{
    return undefined_trials_run(undefined_losses);
}
