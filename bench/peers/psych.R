# SPDX-License-Identifier: GPL-3.0-or-later
# needs: apt-get install r-base-core r-cran-psych
suppressPackageStartupMessages(library(psych))
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "timing.R"))
version_print("psych", as.character(packageVersion("psych")))
if (!file.exists(file.path(folder, "answers.bytes"))) quit() # too many rows for an afternoon
sets <- alpha_sets(answers_read("answers.bytes"))
# One set of each size is timed, in full, and stands for the three sides.
sets <- sets[1:6]
time_work("alphas", function() lapply(sets, function(set) alpha(set, check.keys = FALSE, warnings = FALSE)$total$raw_alpha), 3)
