# Exact sign test (F23). Made by R 4.2.2, Rmpfr 0.9.1.
# SPDX-License-Identifier: GPL-3.0-or-later
# Binomial coefficients summed as whole numbers of any length (gmp behind Rmpfr), divided once; binom.test agrees.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages({library(gmp); library(Rmpfr)})
sign_p <- function(negative, positive) {
  n <- negative + positive; few <- min(negative, positive)
  if (n == 0) return(1)
  tail <- sum(chooseZ(n, 0:few))
  min(1, asNumeric(mpfr(2 * tail, 4096) / mpfr(as.bigz(2)^n, 4096)))
}
pairs <- rbind(c(0, 0), c(0, 1), c(1, 0), c(1, 1), c(0, 5), c(5, 0), c(0, 6), c(2, 9), c(9, 2), c(7, 7), c(7, 8), c(26, 16), c(44, 10), c(100, 60),
  c(3, 1000), c(500, 500), c(520, 480), c(0, 900), c(5500, 5000))
cases <- lapply(seq_len(nrow(pairs)), function(i) {
  negative <- pairs[i, 1]; positive <- pairs[i, 2]; p <- sign_p(negative, positive)
  if (negative + positive > 0) stopifnot(abs(binom.test(negative, negative + positive)$p.value - p) <= 1e-9 * p)
  list(n_negative = negative, n_positive = positive, p = p)
})
write_fixture("sign_test", c("gmp", "Rmpfr"), list(note = "two-sided p of n_negative against n_positive at one half", cases = cases))
