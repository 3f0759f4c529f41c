"""台帳 — the Basic Resident Register (住民基本台帳) of a Japanese city. 住民基本台帳法第5条."""
