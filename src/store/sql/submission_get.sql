-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT study, encounter, wave, submission, phase, version, door, language, received_ms, seconds, consent, receipt, answers,
    checksum
FROM submission WHERE study = $1 AND encounter = $2 AND wave = $3
