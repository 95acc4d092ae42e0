-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT hash, study, kind, wave, attributes, created_ms, closed_ms FROM door WHERE study = $1 ORDER BY created_ms, hash
