"""庁内連携の書込み — every write of this room; one transaction each, that of the post room when it comes by the wire. G-25, G-26."""
