-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT updated_ms, seconds, answers FROM draft WHERE hash = $1 AND study = $2
