# Raking to margins (F110). Made by R 4.2.2, survey 4.1.1.
# SPDX-License-Identifier: GPL-3.0-or-later
# survey::rake, run until nothing changes; the trimmed weights by cutting and raking the same design again.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages(library(survey))
rake_to <- function(d, w, margins) {
  des <- svydesign(id = ~1, weights = w, data = d)
  pops <- lapply(names(margins), function(m) { t <- margins[[m]] / sum(margins[[m]]) * sum(w); setNames(data.frame(names(t), Freq = as.numeric(t)), c(m, "Freq")) })
  as.numeric(weights(rake(des, lapply(names(margins), function(m) as.formula(paste0("~", m))), pops, control = list(maxit = 5000, epsilon = 1e-13, verbose = FALSE))))
}
case <- function(label, d, w, margins, trim = FALSE) {
  r <- rake_to(d, w, margins); first <- r
  if (trim) { m <- mean(r); r <- rake_to(d, pmin(3 * m, pmax(.3 * m, r)), margins) * 1 ; r <- r * sum(w) / sum(r) }
  deff <- length(r) * sum(r^2) / sum(r)^2
  stopifnot(abs(deff - (1 + mean((r / mean(r) - 1)^2))) < 1e-12)
  list(label = label, trim = trim, weights = I(w), margins = lapply(names(margins), function(m) list(categories = I(match(d[[m]], names(margins[[m]])) - 1), targets = I(as.numeric(margins[[m]])))),
    raked = I(r), design_effect = deff, effective = length(r) / deff, least = min(r) / mean(r), most = max(r) / mean(r), changed = max(abs(r - first)) > 1e-9)
}
sheet <- data.frame(sex = rep(c("m", "m", "f", "f"), c(16, 10, 4, 10)), age = rep(c("y", "o", "y", "o"), c(16, 10, 4, 10)))
first <- case("the example of the formulas", sheet, rep(2.5, 40), list(sex = c(m = 49, f = 51), age = c(y = 55, o = 45)))
stopifnot(abs(first$design_effect - 1.16757) < 5e-6, abs(first$effective - 34.259) < 5e-4, all(abs(first$raked[c(1, 17, 27, 31)] - c(2.19835722, 1.38262845, 4.95657113, 3.11737155)) < 1e-8))
set.seed(110)
people <- function(n) data.frame(a = sample(c("x", "y", "z"), n, TRUE, c(.6, .3, .1)), b = sample(c("k", "l"), n, TRUE, c(.3, .7)), c = sample(letters[1:4], n, TRUE))
d <- people(90)
second <- case("three margins with weights to begin with", d, round(runif(90, .5, 3), 2), list(a = c(x = 40, y = 35, z = 25), b = c(k = .5, l = .5), c = c(a = 1, b = 2, c = 3, d = 4)))
e <- people(70)
third <- case("trimmed", e, rep(1, 70), list(a = c(x = 30, y = 25, z = 45), b = c(k = .75, l = .25)), TRUE)
stopifnot(third$changed, third$most > 2)
one <- case("one margin", people(30), rep(1, 30), list(b = c(k = 1, l = 1)))
write_fixture("raking", "survey", list(note = "cases: people; trimmed ones are raked twice", cases = list(first, second, third, one)))
