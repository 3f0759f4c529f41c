"""コンビニ交付 — the room that answers the certificate centre in the name of shops' terminals. 住民基本台帳法第12条; S5-01…S5-03, G-21."""
