-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM submission WHERE study = $1 AND encounter = $2
