"""コンビニ交付の規則 — what a request comes to, as pure functions. 住民基本台帳法第12条; S5-02, S5-03."""
