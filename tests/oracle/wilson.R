# Wilson interval of a share (F29). Made by R 4.2.2.
# SPDX-License-Identifier: GPL-3.0-or-later
# The formula, the roots of the score equation it solves, and prop.test without continuity correction must agree.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
wilson <- function(share, n, confidence) {
  z <- qnorm((1 - confidence) / 2, lower.tail = FALSE)
  centre <- share + z^2 / (2 * n); half <- z * sqrt(share * (1 - share) / n + z^2 / (4 * n^2)); whole <- 1 + z^2 / n
  # the product of the two roots is share^2 / whole: no cancellation at a small share, exact 0 and 1 at the ends
  high <- (centre + half) / whole
  c(if (share == 0) 0 else share^2 / whole / high, if (share == 1) 1 else high)
}
case <- function(x, n, confidence) {
  w <- wilson(x / n, n, confidence)
  if (x == round(x) && n == round(n)) {
    r <- suppressWarnings(prop.test(x, n, conf.level = confidence, correct = FALSE)$conf.int)
    stopifnot(all(abs(w - r) < 1e-13))
  }
  z <- qnorm((1 - confidence) / 2, lower.tail = FALSE)
  for (p in w) if (p > 0 && p < 1) stopifnot(abs((x / n - p)^2 - z^2 * p * (1 - p) / n) < 1e-13)
  list(count = x, n = n, confidence = confidence, share = x / n, low = w[1], high = w[2])
}
cases <- list(case(42, 50, .95), case(0, 12, .95), case(12, 12, .95), case(1, 1, .95), case(0, 1, .95), case(44, 100, .95), case(44, 100, .9), case(44, 100, .99),
  case(1, 1000000, .95), case(999999, 1000000, .95), case(7, 10, 1 - .05 / 22), case(13.25, 37.5, .95))
stopifnot(abs(cases[[1]]$low - .7149) < 5e-5, abs(cases[[1]]$high - .9166) < 5e-5, abs(cases[[2]]$high - .2425) < 5e-5)
write_fixture("wilson", character(), list(note = "a fractional count and n stand for a weighted share and an effective n", cases = cases))
