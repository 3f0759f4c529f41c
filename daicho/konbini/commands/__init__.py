"""コンビニ交付の書込み — every write of this room; one transaction each, that of the post room when it comes by the wire. S5-01, S5-02."""
