-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT study, name, title, state, identity, salt, version, created_ms FROM study WHERE study = $1
