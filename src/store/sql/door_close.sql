-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE door SET closed_ms = $1 WHERE study = $2 AND hash = $3 AND closed_ms = 0
