-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO submission (study, encounter, wave, submission, phase, version, door, language, received_ms, seconds,
                        consent, receipt, answers, checksum)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
ON CONFLICT DO NOTHING
