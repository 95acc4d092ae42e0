# McDonald's omega of one factor by maximum likelihood (F15). Made by R 4.2.2, lavaan 0.6.14.
# SPDX-License-Identifier: GPL-3.0-or-later
# log|Sigma| + tr(S Sigma^-1) is minimised over loadings and uniquenesses by L-BFGS-B (uniquenesses at least .005 s_j^2), from five
# starts, then finished by Newton steps on the free parameters until the gradient is below 1e-13. lavaan must agree where no bound is met.
oracle_folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(oracle_folder, "support", "fixture_writer.R"))
suppressMessages(library(lavaan))

sigma_of <- function(v, k) tcrossprod(v[1:k]) + diag(v[k + 1:k])
objective <- function(v, s) { k <- ncol(s); m <- sigma_of(v, k); as.numeric(determinant(m)$modulus) + sum(diag(s %*% solve(m))) }
gradient <- function(v, s) { k <- ncol(s); i <- solve(sigma_of(v, k)); g <- i - i %*% s %*% i; c(2 * g %*% v[1:k], diag(g)) }
fit_one_factor <- function(s) {
  k <- ncol(s); floor <- .005 * diag(s); best <- NULL
  starts <- list(.3, .5, .8, c(.9, rep(.3, k - 1)), c(rep(.3, k - 1), .9))
  for (share in starts) {
    e <- eigen(s)$vectors[, 1]; l <- sign(e + (e == 0)) * sqrt(share * diag(s))
    o <- optim(c(l, diag(s) - l^2), objective, gradient, s = s, method = "L-BFGS-B", lower = c(rep(-Inf, k), floor), control = list(factr = 10, pgtol = 0, maxit = 5000))
    if (is.null(best) || o$value < best$value - 1e-12) best <- o
  }
  v <- best$par; bound <- c(rep(FALSE, k), v[k + 1:k] <= floor * (1 + 1e-9)); v[bound] <- c(rep(0, k), floor)[bound]; free <- which(!bound)
  for (step in 1:30) {
    g <- gradient(v, s)[free]
    h <- sapply(free, function(j) { d <- 1e-6 * max(abs(v[j]), .1); up <- v; up[j] <- up[j] + d; down <- v; down[j] <- down[j] - d; (gradient(up, s)[free] - gradient(down, s)[free]) / (2 * d) })
    v[free] <- v[free] - solve((h + t(h)) / 2, g)
  }
  g <- gradient(v, s)
  stopifnot(max(abs(g[free])) < 1e-11, all(g[bound] > 0), abs(objective(v, s) - best$value) < 1e-9, all(v[k + 1:k] >= floor * (1 - 1e-12)))
  list(loadings = v[1:k] * (if (sum(v[1:k]) < 0) -1 else 1), uniquenesses = v[k + 1:k], bounded = bound[k + 1:k], minimum = objective(v, s))
}
case <- function(label, s) {
  k <- ncol(s)
  if (k == 2) return(list(label = label, k = 2, covariance = s, omega = 4 * s[1, 2] / sum(s), omega_observed = 4 * s[1, 2] / sum(s), heywood = FALSE))
  f <- fit_one_factor(s); l2 <- sum(f$loadings)^2
  omega <- l2 / (l2 + sum(f$uniquenesses)); observed <- l2 / sum(s)
  if (!any(f$bounded)) {
    names <- paste0("v", 1:k); c <- s; dimnames(c) <- list(names, names)
    m <- suppressWarnings(cfa(paste("f =~", paste(names, collapse = " + ")), sample.cov = c, sample.nobs = 200, sample.cov.rescale = FALSE, std.lv = TRUE, control = list(rel.tol = 1e-14)))
    e <- lavInspect(m, "est"); o <- sum(e$lambda)^2 / (sum(e$lambda)^2 + sum(diag(e$theta)))
    cat(sprintf("  %-24s omega %.9f lavaan %.9f\n", label, omega, o)); stopifnot(abs(o - omega) < 1e-5)
  } else cat(sprintf("  %-24s omega %.9f bounded: %s\n", label, omega, paste(which(f$bounded), collapse = " ")))
  list(label = label, k = k, covariance = s, omega = omega, omega_observed = observed, heywood = any(f$bounded), bounded = I(f$bounded), loadings = I(f$loadings), uniquenesses = I(f$uniquenesses))
}
set.seed(15)
drawn <- function(n, loadings) { k <- length(loadings); f <- rnorm(n)
  cov(sapply(loadings, function(l) pmin(7, pmax(1, round(4.5 + 1.3 * (l * f + sqrt(1 - l^2) * rnorm(n))))))) }
cases <- list(case("two", drawn(40, c(.7, .8))), case("two, negative", matrix(c(1, -.25, -.25, 2), 2)), case("three", drawn(60, c(.7, .8, .6))), case("four", drawn(80, c(.6, .7, .8, .5))),
  case("five", drawn(100, c(.5, .6, .7, .8, .4))), case("six", drawn(60, rep(c(.5, .8), 3))), case("seven", drawn(250, rep(.7, 7))), case("eight", drawn(90, seq(.4, .9, length.out = 8))),
  case("nine", drawn(120, rep(c(.5, .7, .8), 3))), case("small sample", drawn(25, c(.5, .6, .5, .6))))
turned <- drawn(80, c(.7, .7, .7, .7)); turned[2, -2] <- -turned[2, -2]; turned[-2, 2] <- -turned[-2, 2]
# three items: loadings follow from the covariances; item 1 has uniqueness s_11 - s_12 s_13 / s_23
near <- matrix(c(1, .72, .81, .72, 1, .6, .81, .6, 1), 3)
heywood <- matrix(c(1, .8, .9, .8, 1, .6, .9, .6, 1), 3)
wide <- matrix(c(4, 1.9, 2.2, 1.5, 1.9, 1, .9, .7, 2.2, .9, 2, .8, 1.5, .7, .8, 3), 4)
cases <- c(cases, list(case("one item not turned", turned), case("near Heywood", near), case("Heywood, three", heywood), case("Heywood, four", wide), case("nearly one", matrix(c(1, .95, .96, .95, 1, .97, .96, .97, 1), 3))))
stopifnot(any(vapply(cases, `[[`, FALSE, "heywood")), abs(cases[[12]]$uniquenesses[1] - (1 - .72 * .81 / .6)) < 1e-10)
write_fixture("omega", "lavaan", list(note = "omega: model variance in the denominator; omega_observed: the sum of the covariance matrix; bounded: uniqueness held at .005 of the variance", cases = cases))
