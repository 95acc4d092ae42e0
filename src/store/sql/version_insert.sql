-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO instrument_version (study, version, definition, scales, consent, created_ms)
VALUES ($1, $2, $3, $4, $5, $6)
