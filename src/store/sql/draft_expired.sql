-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM draft WHERE study = $1 AND updated_ms < $2
