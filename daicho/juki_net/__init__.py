"""住基ネット・市町村CS — the room that holds file (2) and speaks with the prefecture and other municipalities. 住民基本台帳法第30条の5, 第30条の6."""
