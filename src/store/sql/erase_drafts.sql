-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM draft WHERE study = $1 AND hash IN (SELECT hash FROM token WHERE study = $1 AND encounter = $2)
