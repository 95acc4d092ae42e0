-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE encounter SET language = $1, began_ms = $2, ended_ms = $3 WHERE study = $4 AND encounter = $5
