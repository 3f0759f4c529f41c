"""職員・所属・権限 — who may do what: accounts, units, dated grants, sign-in. 住民基本台帳法第36条の2; std 10.3."""
