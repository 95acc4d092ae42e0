-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT count(*) FROM event WHERE study = $1 AND kind = 'code_ambiguous'
