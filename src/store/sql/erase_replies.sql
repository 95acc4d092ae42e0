-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM reply WHERE study = $1 AND body IN (SELECT receipt FROM submission WHERE study = $1 AND encounter = $2)
