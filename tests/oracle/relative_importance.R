# LMG, grouped (Owen) LMG and Johnson's weights (F35, F36, F37). Plain R, from the definitions by orders of entry.
# SPDX-License-Identifier: GPL-3.0-or-later
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
orders <- function(v) if (length(v) <= 1) list(v) else do.call(c, lapply(seq_along(v), function(i) lapply(orders(v[-i]), function(o) c(v[i], o))))
case <- function(label, x, y, blocks = NULL) {
  p <- ncol(x); b <- unname(cor(x)); r <- as.vector(cor(x, y)); known <- new.env()
  r2 <- function(s) { if (!length(s)) return(0); key <- paste(sort(s), collapse = " ")
    if (is.null(known[[key]])) known[[key]] <- sum(r[s] * solve(b[s, s, drop = FALSE], r[s])); known[[key]] }
  shares <- function(all) { sum <- numeric(p); for (o in all) for (k in seq_along(o)) sum[o[k]] <- sum[o[k]] + r2(o[seq_len(k)]) - r2(o[seq_len(k - 1)]); sum / length(all) }
  all <- orders(seq_len(p)); lmg <- shares(all)
  owen <- if (is.null(blocks)) NULL else shares(Filter(function(o) length(rle(blocks[o])$values) == length(unique(blocks)), all))
  total <- summary(lm(y ~ x))$r.squared
  stopifnot(abs(sum(lmg) - total) < 1e-12, is.null(owen) || abs(sum(owen) - total) < 1e-12)
  e <- eigen(b); root <- e$vectors %*% diag(sqrt(e$values), p) %*% t(e$vectors); johnson <- as.vector(root^2 %*% solve(root, r)^2)
  s <- svd(scale(x)); z <- s$u %*% t(s$v)
  stopifnot(max(abs(johnson - as.vector(cor(x, z)^2 %*% cor(z, y)^2))) < 1e-12, abs(sum(johnson) - total) < 1e-12)
  list(label = label, between = b, outcome = I(r), r_squared = total, lmg = I(lmg), johnson = I(johnson), blocks = if (is.null(blocks)) NULL else I(blocks), owen = if (is.null(owen)) NULL else I(owen))
}
set.seed(35)
draw <- function(n, p, common) { f <- rnorm(n); sapply(seq_len(p), function(j) round(2 * (common * f + rnorm(n)))) }
outcome <- function(x, b) as.vector(x %*% b + 2 * rnorm(nrow(x)))
x1 <- draw(20, 1, 0); x2 <- draw(30, 2, 1); x4 <- draw(60, 4, 1.5); x6 <- draw(80, 6, .8); x7 <- draw(50, 7, 2)
cases <- list(case("one", x1, outcome(x1, .7)), case("two", x2, outcome(x2, c(.6, -.3)), c(0, 1)), case("four", x4, outcome(x4, c(.5, .1, .4, -.2)), c(0, 1, 0, 1)),
  case("six", x6, outcome(x6, c(.5, 0, .4, -.2, .1, .3)), c(0, 0, 1, 1, 1, 2)), case("seven", x7, outcome(x7, c(.5, .1, .4, -.2, .1, .1, 0)), c(2, 0, 1, 1, 0, 0, 2)),
  case("a suppressor", cbind(x2[, 1] + x2[, 2], x2[, 2]), x2[, 1] + rep(c(-.5, .5), 15), c(0, 0)))
write_fixture("relative_importance", character(), list(note = "lmg, owen: means over the orders of entry", cases = cases))
