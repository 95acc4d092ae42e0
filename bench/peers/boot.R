# SPDX-License-Identifier: GPL-3.0-or-later
# needs: apt-get install r-base-core r-cran-boot
library(boot)
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "timing.R"))
version_print("boot", as.character(packageVersion("boot")))
answers <- answers_read("small.bytes")
gaps <- answers[, 23:44] - answers[, 1:22]
set.seed(1)
# A tenth and a thousandth of 10,000 samples: the cost is that of one sample, as often as there are samples.
time_work("bootstrap_gaps_small", function() boot(gaps, function(x, i) colMeans(x[i, ], na.rm = TRUE), 1000), 10)
alpha_of <- function(x, i) {
    covariance <- cov(x[i, ])
    k <- ncol(x)
    k / (k - 1) * (1 - sum(diag(covariance)) / sum(covariance))
}
sets <- lapply(alpha_sets(answers), function(set) set[complete.cases(set), ])
time_work("bootstrap_alphas_small", function() lapply(sets, function(set) boot(set, alpha_of, 10)), 1000)
