# SPDX-License-Identifier: GPL-3.0-or-later
# needs: apt-get install r-base-core
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "timing.R"))
version_print("stats::t.test and cov")
if (!file.exists(file.path(folder, "answers.bytes"))) quit() # too many rows for R to hold so often
answers <- answers_read("answers.bytes")
time_work("memory_gaps", function() lapply(1:22, function(i) t.test(answers[, 22 + i], answers[, i], paired = TRUE)))
time_work("moments", function() cov(answers, use = "pairwise.complete.obs"))
