-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE study SET version = $1, title = $2 WHERE study = $3 AND version = $4
