-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT sequence, study, at_ms, kind, encounter, actor, count, chain FROM event
WHERE sequence >= $1 ORDER BY sequence LIMIT $2
