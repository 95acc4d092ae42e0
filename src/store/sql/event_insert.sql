-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO event (sequence, study, at_ms, kind, encounter, actor, count, chain)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
